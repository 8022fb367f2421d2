/** Says quietly that newer data is there, and takes it over when asked; says what was refused and why. */
import { newsOf, type News } from '../state/news';
import { useAtlas, useText } from './context';
import { newsText } from './text/news';

export function NewsNotice() {
  const { atlas, store } = useAtlas();
  const news = newsOf(atlas.data_version, store.dataStatus.value, store.newsPutAway.value);
  // The region stands before its words come, or screen readers would not announce them.
  return <div class="news" role="status">{news.map((piece) => <Piece key={piece.id} piece={piece} />)}</div>;
}

function Piece({ piece }: { piece: News }) {
  const { store, language } = useAtlas();
  const words = useText(newsText);
  const putAway = (): void => {
    store.newsPutAway.value = new Set([...store.newsPutAway.value, piece.id]);
  };
  if (piece.kind === 'newer') {
    return (
      <div class="notice map-notice">
        <p class="notice-title">{words.newer}</p>
        {/* The address holds the whole state, so that opening it again loses nothing of it. */}
        <button type="button" class="button" onClick={() => window.location.reload()}>{words.load}</button>
        <button type="button" class="button quiet" onClick={putAway}>{words.later}</button>
        {store.mine.layers.value.length > 0 && <p>{words.ownLost}</p>}
      </div>
    );
  }
  return (
    <div class="notice map-notice">
      <p class="notice-title">{words.refused}</p>
      {piece.first && <p class="news-problem">{piece.first[language]}</p>}
      {piece.count > 1 && <p>{words.refusedMore(piece.count - 1)}</p>}
      <button type="button" class="button quiet" onClick={putAway}>{words.understood}</button>
    </div>
  );
}
