/** What a map must carry even on a screen across the room: scale, north, review number, and that it is schematic. */
import { useAtlas } from '../context';
import { Compass, Review, ScaleBar } from '../margin';

export function Margin() {
  const { atlas, store, words } = useAtlas();
  const view = store.view.value;
  const schematic = atlas.layers.some((layer) => layer.accuracies.schematic);
  return (
    <div class="talk-margin">
      {view && view.bearing !== 0 && <span class="talk-north"><Compass bearing={view.bearing} /></span>}
      {view && <ScaleBar view={view} longest={150} />}
      <div>
        {schematic && <p>{words.schematicNote}</p>}
        <Review />
      </div>
    </div>
  );
}
