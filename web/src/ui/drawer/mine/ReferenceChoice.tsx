/** The references that fit, each with where it would put the layer, and any other by its number. */
import { useEffect, useState } from 'preact/hooks';
import { api } from '../../../api/client';
import type { Candidate, Placing, Question, Township } from '../../../convert/model';
import { sameReference, type Reference } from '../../../convert/reference';
import { formatDistance } from '../../../state/format';
import { whereabouts } from '../../../state/whereabouts';
import { useAtlas, useText } from '../../context';
import { mineText, type MineText } from '../../text/mine';
import { reasonWords } from '../../text/mine-reasons';
import { byNumber } from './bringing';

export function ReferenceChoice({ question, placing, candidates, reference, choose }: {
  question: Question; placing: Placing | null; candidates: readonly Candidate[]; reference: Reference | null; choose: (reference: Reference | null) => void;
}) {
  const words = useText(mineText);
  const [numbered, setNumbered] = useState<Candidate | null>(null);
  const offered = distinct([...candidates, ...(numbered ? [numbered] : [])]);
  return (
    <fieldset class="mine-references">
      <legend>{words.whichReference}</legend>
      <p>{whyOf(question, candidates, words)}</p>
      {candidates.length === 0 && <p class="field-fault">{words.noneFits}</p>}
      {offered.map((candidate) => (
        <label key={JSON.stringify(candidate.reference)} class="mine-reference">
          <input
            type="radio" name="mine-reference" checked={reference !== null && sameReference(reference, candidate.reference)}
            onChange={() => choose(candidate.reference)}
          />
          <span>{words.reference(candidate.reference)}<Where middle={candidate.middle} /></span>
        </label>
      ))}
      <ByNumber
        questionKey={question.key} placing={placing}
        found={(candidate) => {
          setNumbered(candidate);
          choose(candidate.reference);
        }}
      />
    </fieldset>
  );
}

function distinct(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter((one, i) => candidates.findIndex((other) => sameReference(one.reference, other.reference)) === i);
}

function whyOf({ stated, table }: Question, candidates: readonly Candidate[], words: MineText): string {
  if (table) {
    if (stated?.kind === 'known') return words.headerSays;
    return candidates.some(({ reference }) => reference.kind === 'shifted') ? words.askDegrees : words.askMetres;
  }
  return stated?.kind === 'unknown' ? words.whyAsk[stated.why] : words.confirmReference;
}

/** Where the middle of the layer would come to lie. */
function Where({ middle }: { middle: [number, number] | null }) {
  const { language, atlas } = useAtlas();
  const words = useText(mineText);
  const [places, setPlaces] = useState<{ townships: Township[]; counties: Map<string, string> } | null>(null);
  useEffect(() => {
    void api.whole('places').then((all) => setPlaces({
      townships: all.filter(({ kind }) => kind.id === 'township').map((place) => ({ ...place, name: (language === 'en' && place.name_en) || place.name, point: place.point as [number, number] | null })),
      counties: new Map(all.filter(({ kind }) => kind.id === 'county').map((place) => [place.id, (language === 'en' && place.name_en) || place.name])),
    }), () => undefined);
  }, [atlas, language]);
  if (!middle) return <small class="aside">{words.nowhere}</small>;
  const found = places && whereabouts(middle, places.townships);
  if (!found) return <small class="aside">{words.unknownPlace}</small>;
  const distance = formatDistance(found.metres < 1000 ? found.metres : Math.round(found.metres / 100) * 100, language);
  if (found.kind === 'far') return <small class="mine-far">{words.far(distance)}</small>;
  const county = places?.counties.get(found.township.county ?? '') ?? '';
  return <small class="aside">{words.near(language === 'zh' ? `${county}${found.township.name}` : [found.township.name, county].filter(Boolean).join(', '), distance)}</small>;
}

function ByNumber({ questionKey, placing, found }: { questionKey: string; placing: Placing | null; found: (candidate: Candidate) => void }) {
  const { language } = useAtlas();
  const words = useText(mineText);
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const look = async (): Promise<void> => {
    const code = Number(/^\s*(?:epsg\s*[:：]?\s*)?(\d{4,6})\s*$/i.exec(text.normalize('NFKC'))?.[1]);
    if (!code) return setFault(words.badNumber);
    const answered = await byNumber(questionKey, placing, code);
    if (!answered) return;
    if ('code' in answered) return setFault(reasonWords(language, answered));
    setFault(null);
    found(answered);
  };
  return (
    <details class="mine-number">
      <summary>{words.byNumber}</summary>
      <div>
        <input
          type="text" inputMode="numeric" autocomplete="off" aria-label={words.numberLabel} placeholder="4545" value={text} aria-invalid={fault !== null}
          {...(fault && { 'aria-describedby': 'mine-number-fault' })}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            void look();
          }}
        />
        <button type="button" class="button" onClick={() => void look()}>{words.tryNumber}</button>
      </div>
      {fault && <p class="field-fault" id="mine-number-fault" role="alert">{fault}</p>}
    </details>
  );
}
