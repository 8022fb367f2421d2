/** What lies within: places by kind, and what the plans say of them, each group folded with its count. */
import type { PlaceWithin } from '../../../api/answers';
import type { RecordRef, Term } from '../../../api/types';
import { groupsOf, industryOf, isVague } from '../../../state/answer';
import { formatDistance, formatRoughDistance } from '../../../state/format';
import { named, termed } from '../../../state/language';
import type { SelectionKind } from '../../../state/selection';
import { useAtlas, useText } from '../../context';
import { PlaceLink, RecordLink, W } from '../../parts';
import { Several } from '../../panel/Section';
import { askText } from '../../text/ask';
import type { Answered, Result } from './answering';
import { isDoubtful } from './notes';
import { AnswerGroup, Marks } from './parts';

/** So few that nothing needs to be folded. */
const FEW = 12;
const AT_FIRST = 20;

type Found = Extract<Result, { kind: 'within' }>;

export function WithinAnswer({ answered, result: { within, metres } }: { answered: Answered; result: Found }) {
  const { language, words: common } = useAtlas();
  const words = useText(askText);
  const other: Term = { id: '', zh: common.oneOf.place, en: common.oneOf.place };
  const items = within.places.map((place, i) => ({ place, doubtful: isDoubtful(answered, i) }));
  const kinds = groupsOf(items, ({ place }) => place.kind, other);
  const records: [SelectionKind | 'role', string, readonly RecordRef[]][] = [
    ['project', common.projects, within.projects], ['role', common.roles, within.roles], ['target', common.targets, within.targets],
    ['task', common.tasks, within.tasks], ['discrepancy', common.discrepancies, within.discrepancies],
  ];
  return (
    <div class="answer-groups">
      <AnswerGroup title={words.places} count={items.length} open>
        {kinds.map(({ term, items: members }) => (
          <AnswerGroup key={term.id} title={<W of={termed(language, term)} />} count={members.length} open={items.length <= FEW} small>
            <Several
              list="ask-items" items={members} atFirst={AT_FIRST}
              draw={({ place, doubtful }) => <Item key={place.id} place={place} doubtful={doubtful} metres={metres} />}
            />
          </AnswerGroup>
        ))}
      </AnswerGroup>
      {records.map(([kind, title, list]) => (
        <AnswerGroup key={kind} title={title} count={list.length}>
          {kind === 'project'
            ? groupsOf(list, industryOf, { id: '', zh: common.projects, en: common.projects }).map(({ term, items: members }) => (
              <AnswerGroup key={term.id} title={<W of={termed(language, term)} />} count={members.length} open={list.length <= FEW} small>
                <Records kind={kind} records={members} />
              </AnswerGroup>
            ))
            : <Records kind={kind} records={list} />}
        </AnswerGroup>
      ))}
    </div>
  );
}

function Item({ place, doubtful, metres }: { place: PlaceWithin; doubtful: boolean; metres: number | null }) {
  const { language } = useAtlas();
  const words = useText(askText);
  const far = place.relation === 'near' && (isVague(place) ? formatRoughDistance : formatDistance)(place.distance_m, language);
  return (
    <li>
      <PlaceLink place={place} {...(far && { aside: far })} />
      <Marks relation={metres === null || place.relation !== 'near' ? words.relations[place.relation] : null} accuracy={place.accuracy} doubtful={doubtful} />
    </li>
  );
}

/** A role has no page of its own: it is read on its place's. */
function Records({ kind, records }: { kind: SelectionKind | 'role'; records: readonly RecordRef[] }) {
  const { language } = useAtlas();
  return (
    <Several
      list="ask-items" items={records} atFirst={AT_FIRST}
      draw={(record) => (
        <li key={record.id}>{kind === 'role' ? <W of={named(language, record)} /> : <RecordLink kind={kind} id={record.id} name={named(language, record)} />}</li>
      )}
    />
  );
}
