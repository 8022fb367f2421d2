/** What the link will open, in a sentence; the link, once it is made; or why it was not. */
import { titled } from '../../state/language';
import { useAtlas, useText } from '../context';
import { sessionText } from '../text/session';
import { shareText } from '../text/share';
import { FaultNotice } from './FaultNotice';
import { LinkMade } from './LinkMade';
import type { Drafting } from './useDraft';

/** More names than that nobody reads. */
const NAMED = 6;

export function Made({ drafting }: { drafting: Drafting }) {
  const { atlas, language } = useAtlas();
  const words = useText(shareText);
  const { audiences } = useText(sessionText);
  const { draft, outcome } = drafting;
  const names = atlas.layers.filter(({ id }) => draft.layers.includes(id)).map((layer) => titled(language, layer).text);
  const listed = names.slice(0, NAMED).join(language === 'zh' ? '、' : ', ') + (names.length > NAMED ? words.andMore(names.length - NAMED, names.length) : '');
  return (
    <section class="share-made" aria-label={words.link} aria-busy={outcome.is === 'asking'}>
      {names.length > 0 && (
        <div class="share-sees">
          <p>{words.sees(audiences[draft.audience], listed)}</p>
          <p>{words.seesNot}</p>
        </div>
      )}
      <div role="alert">{outcome.is === 'refused' && <FaultNotice fault={outcome.fault} drafting={drafting} />}</div>
      {outcome.is === 'here' ? <LinkMade shared={outcome.shared} /> : <p class="share-before">{outcome.is === 'asking' ? words.making : words.before}</p>}
    </section>
  );
}
