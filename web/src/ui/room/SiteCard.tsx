/** A place as the plan offers it to investors: what is sought, where it stands, what lies around, and what the plan says of it. */
import { api } from '../../api/client';
import type { SiteCard as Card, SitePosition } from '../../api/sites';
import { accuracyOf } from '../../state/accuracy';
import { isVague } from '../../state/answer';
import { pick, termed, titled } from '../../state/language';
import { useAtlas, useText } from '../context';
import { ProjectCard, RoleCard, TargetCard, TaskCard, Units } from '../panel/cards';
import { Citations } from '../panel/Citations';
import { Cite } from '../panel/Cite';
import { Section, Several } from '../panel/Section';
import { Fact, PlaceLink, W } from '../parts';
import { roomText } from '../text/room';
import { CardTools } from './CardTools';
import { Surroundings } from './Surroundings';

export function SiteCard({ card }: { card: Card }) {
  const { language, words: common } = useAtlas();
  const words = useText(roomText);
  const { site, position, roles, projects, targets, measures, units, citations } = card;
  const located = site.place.point !== null;
  const vague = isVague({ accuracy: position.accuracy, kind: site.place.kind });
  return (
    <div class="site-card">
      <p class="site-title"><W of={titled(language, site)} /></p>
      <CardTools site={site} />
      <section class="site-sought" aria-labelledby="site-sought">
        <h3 id="site-sought">{words.sought}</h3>
        <ul>{site.sought.map((one) => <li key={one.zh}><W of={termed(language, one)} /></li>)}</ul>
        {site.industries.length > 0 && (
          <p class="aside">{words.industries}{language === 'zh' ? '：' : ': '}{site.industries.map((term) => termed(language, term).text).join(language === 'zh' ? '、' : ', ')}</p>
        )}
        {site.note && <p class="aside" lang="zh-CN">{site.note}</p>}
        <Cite of={site} />
      </section>
      <Position position={position} card={card} />
      <Section title={words.surroundings}>
        {located && card.surroundings
          ? (
            <Surroundings
              key={site.place.id} subject={site.place.id} self={site.place} vague={vague}
              ask={(radius) => api.site(site.place.id, radius).then(({ surroundings }) => surroundings)}
            />
          )
          : <p>{words.notLocated}</p>}
      </Section>
      <Section title={common.roles} count={roles.length}>
        <Several items={roles} draw={(role) => <RoleCard key={role.id} role={role} />} />
      </Section>
      <Section title={words.projects} count={projects.length}>
        <Several items={projects} draw={(project) => <ProjectCard key={project.id} project={project} />} />
      </Section>
      <Section title={words.targets} count={targets.length}>
        <Several items={targets} draw={(target) => <TargetCard key={target.id} target={target} />} />
      </Section>
      <Section title={words.measures} count={measures.length}>
        <Several items={measures} draw={(task) => <TaskCard key={task.id} task={task} />} />
      </Section>
      <Section title={words.units} count={units.length}><Units units={units} /></Section>
      <Citations citations={citations} />
    </div>
  );
}

/** How exactly it is known where the site is, in plain words. */
function Position({ position: { accuracy, source, note, note_en, stands_on }, card: { site: { place } } }: { position: SitePosition; card: Card }) {
  const { language, words: common } = useAtlas();
  const words = useText(roomText);
  const how = accuracyOf({ accuracy, point: place.point });
  return (
    <div class="site-position">
      <p class={`accuracy accuracy-${how}`}>{words.positions[how]}</p>
      <dl class="facts">
        <Fact term={words.standsOn}>{stands_on && stands_on.id !== place.id && <PlaceLink place={stands_on} {...(how === 'seat' && { aside: words.seatOf })} />}</Fact>
        <Fact term={common.source}>{source && <W of={termed(language, source)} />}</Fact>
        <Fact term={common.note}>{note && <W of={pick(language, note, note_en)} />}</Fact>
      </dl>
    </div>
  );
}
