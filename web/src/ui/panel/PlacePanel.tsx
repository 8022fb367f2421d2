/** Everything the plans say of one place: the dossier. */
import type { Dossier, Inherited, OrganisationRef, RecordRef } from '../../api/types';
import { accuracyOf } from '../../state/accuracy';
import { formatArea, formatDistance, formatRoughArea, formatRoughDistance } from '../../state/format';
import { named, pick, termed, titled } from '../../state/language';
import type { SelectionKind } from '../../state/selection';
import { useAtlas } from '../context';
import { AddToColumns } from '../drawer/compare/AddToColumns';
import { written } from '../drawer/mine/features';
import { Fact, PlaceLink, RecordLink, W } from '../parts';
import { DiscrepancyCard, ProjectCard, RoleCard, TargetCard, TaskCard, Units } from './cards';
import { Citations } from './Citations';
import { Sections } from './Cite';
import { PlaceWays } from './PlaceWays';
import { Section, Several } from './Section';

export function PlacePanel({ dossier }: { dossier: Dossier }) {
  const { words } = useAtlas();
  const { roles, projects, targets, tasks, discrepancies, inside, neighbours, inherited } = dossier;
  const units = unitsOf(dossier);
  const empty = roles.length + projects.length + targets.length + tasks.length === 0;
  const township = dossier.place.kind.id === 'township';
  return (
    <>
      <Identity dossier={dossier} />
      <PlaceWays key={dossier.place.id} place={dossier.place} />
      {township && <AddToColumns place={dossier.place} />}
      {empty && <p class="notice">{words.nothingInPlan}</p>}
      <Section title={words.roles} count={roles.length}>
        <Several items={roles} draw={(role) => <RoleCard key={role.id} role={role} />} />
      </Section>
      <Section title={words.projects} count={projects.length}>
        <Several items={projects} draw={(project) => <ProjectCard key={project.id} project={project} />} />
      </Section>
      <Section title={words.targets} count={targets.length}>
        <Several items={targets} draw={(target) => <TargetCard key={target.id} target={target} />} />
      </Section>
      <Section title={words.tasks} count={tasks.length}>
        <Several items={tasks} draw={(task) => <TaskCard key={task.id} task={task} />} />
      </Section>
      <Section title={words.organisations} count={units.length}><Units units={units} /></Section>
      <Section title={words.discrepancies} count={discrepancies.length}>
        <Several items={discrepancies} draw={(one) => <DiscrepancyCard key={one.id} discrepancy={one} />} />
      </Section>
      <Section title={words.inside} count={inside.length}>
        <Several list="place-list" items={inside} atFirst={12} draw={(place) => <li key={place.id}><PlaceLink place={place} /></li>} />
      </Section>
      <Section title={!township ? words.neighbours : dossier.place.accuracy === 'schematic' ? words.neighbourCells : words.neighbourTownships} count={neighbours.length}>
        <Neighbours dossier={dossier} />
      </Section>
      {inherited && <InheritedSection inherited={inherited} />}
      <Citations citations={dossier.citations} />
    </>
  );
}

/** Every unit that leads or helps with something here, once. */
function unitsOf({ projects, tasks }: Dossier): OrganisationRef[] {
  const units = [...projects, ...tasks].flatMap((record) => [...record.lead_units, ...record.cooperating_units]);
  return [...new Map(units.map((unit) => [unit.id, unit])).values()];
}

function Identity({ dossier: { place } }: { dossier: Dossier }) {
  const { atlas, language, words } = useAtlas();
  const layers = place.layers.flatMap((id) => atlas.layers.filter((layer) => layer.id === id));
  const accuracy = accuracyOf(place);
  const properties = Object.entries(place.properties).map(([key, value]) => [key, written(value)] as const).filter(([, value]) => value !== '');
  return (
    <div class="identity">
      <p class={`accuracy accuracy-${accuracy}`}>{words.accuracyPlain[accuracy]}</p>
      <dl class="facts">
        <Fact term={words.locatedIn}>{place.within && <PlaceLink place={place.within} />}</Fact>
        <Fact term={words.area}>
          {place.area_m2 !== null && (place.accuracy === 'schematic' ? formatRoughArea(place.area_m2, language) + words.areaSchematic : formatArea(place.area_m2, language))}
        </Fact>
        <Fact term={words.aliases}>{place.aliases.length > 0 && <span lang="zh-CN">{place.aliases.join('、')}</span>}</Fact>
        <Fact term={words.onLayers}>{layers.map((layer) => titled(language, layer).text).join(language === 'zh' ? '、' : ', ')}</Fact>
        <Fact term={words.source}>{place.source && <W of={termed(language, place.source)} />}</Fact>
        <Fact term={words.note}>{place.note && <W of={pick(language, place.note, place.note_en)} />}</Fact>
        {properties.map(([key, value]) => <Fact key={key} term={key}>{value}</Fact>)}
      </dl>
    </div>
  );
}

/** Distances between townships are measured from seat to seat, and no better known than the seats. */
function Neighbours({ dossier: { place, neighbours } }: { dossier: Dossier }) {
  const { language, words } = useAtlas();
  const township = place.kind.id === 'township';
  const vague = township && (place.accuracy === 'schematic' || place.seat_accuracy === 'approximate');
  const distance = (one: Dossier['neighbours'][number]): string =>
    (vague || (township && one.accuracy === 'schematic') ? formatRoughDistance : formatDistance)(one.distance_m, language);
  return (
    <>
    {township && neighbours.some(({ distance_m }) => distance_m > 0) && <p class="aside">{words.seatDistances}</p>}
    <ul class="place-list">
      {neighbours.map((one) => (
        <li key={one.id}>
          <PlaceLink place={one} {...(one.distance_m > 0 && { aside: distance(one) })} />
        </li>
      ))}
    </ul>
    </>
  );
}

function InheritedSection({ inherited }: { inherited: Inherited }) {
  const { atlas, language, words } = useAtlas();
  const plan = atlas.plans.find(({ county }) => county === inherited.county.id);
  const parts: [string, SelectionKind | null, readonly RecordRef[]][] = [
    [words.roles, null, inherited.roles],
    [words.projects, 'project', inherited.projects],
    [words.targets, 'target', inherited.targets],
    [words.tasks, 'task', inherited.tasks],
    [words.discrepancies, 'discrepancy', inherited.discrepancies],
  ];
  const total = parts.reduce((sum, [, , records]) => sum + records.length, 0);
  return (
    <Section title={words.inherited(named(language, inherited.county).text)} count={total} open={false} tag={words.wholeCounty}>
      <p><PlaceLink place={inherited.county} /></p>
      {parts.map(([title, kind, records]) => records.length > 0 && (
        <div key={title} class="inherited">
          <h4>{title} <span class="count">{records.length}</span></h4>
          <Several list="plain-list" items={records} draw={(record) => (
              <li key={record.id}>
                {kind ? <RecordLink kind={kind} id={record.id} name={named(language, record)} /> : <W of={named(language, record)} />}
                <span class="aside"> <Sections ids={record.section} plan={plan} /></span>
              </li>
            )} />
        </div>
      ))}
    </Section>
  );
}

/** Kind and, in Chinese, the pinyin under a place's name. */
export function PlaceSubtitle({ dossier: { place } }: { dossier: Dossier }) {
  const { language } = useAtlas();
  const second = language === 'zh' ? (place.pinyin ?? place.name_en) : place.name_en ? place.name : null;
  return (
    <>
      {second && <span class="second-name" lang={language === 'zh' ? 'en' : 'zh-CN'}>{second}</span>}
      <span class="tag"><W of={termed(language, place.kind)} /></span>
    </>
  );
}
