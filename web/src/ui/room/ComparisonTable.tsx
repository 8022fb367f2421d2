/** The table of compared sites. What a row is and who stands above it stays in sight; whether it differs is said in words. */
import type { ComparedRow, Site, SitesCompared } from '../../api/sites';
import { named, pick, termed, titled } from '../../state/language';
import { toggled } from '../../state/room';
import { useAtlas, useText } from '../context';
import { W } from '../parts';
import { roomText } from '../text/room';
import { Star } from './SiteRow';

export function ComparisonTable({ comparison: { sites, rows }, onlyDifferent }: { comparison: SitesCompared; onlyDifferent: boolean }) {
  const words = useText(roomText);
  const shown = onlyDifferent ? rows.filter(({ differs }) => differs) : rows;
  return (
    <div class="sites-scroll" role="region" aria-label={words.scrolled} tabIndex={0}>
      <table class="sites-table-wide" aria-label={words.compared} style={{ '--sites': String(sites.length) }}>
        <thead>
          <tr>
            <th scope="col">{words.item}</th>
            {sites.map((site) => <Head key={site.id} site={site} />)}
          </tr>
        </thead>
        {grouped(shown).map(({ id, group, members }) => (
          <tbody key={id}>
            <Group group={group} width={sites.length} />
            {members.map((row) => <Row key={row.id} row={row} />)}
          </tbody>
        ))}
      </table>
      {shown.length === 0 && <p class="columns-hint">{words.noDifference}</p>}
    </div>
  );
}

interface Group {
  id: string;
  group: ComparedRow['group'];
  members: ComparedRow[];
}

/** Rows of one group follow one another. */
function grouped(rows: readonly ComparedRow[]): Group[] {
  const groups: Group[] = [];
  for (const row of rows) {
    const open = groups.at(-1);
    if (open && open.group.zh === row.group.zh) open.members.push(row);
    else groups.push({ id: row.id, group: row.group, members: [row] });
  }
  return groups;
}

function Head({ site }: { site: Site }) {
  const { store, language } = useAtlas();
  const words = useText(roomText);
  const { compared } = store.room;
  const { place } = site;
  const name = named(language, place);
  return (
    <th scope="col">
      <span class="columns-head">
        <button type="button" class="place-link" aria-label={words.openCard(name.text)} onClick={() => store.follow('site', place.id)}><span class="place-link-name"><W of={name} /></span></button>
        <Star place={place.id} name={name.text} />
        <button type="button" class="icon-button" aria-label={words.remove(name.text)} onClick={() => (compared.value = toggled(compared.value, place.id))}><span aria-hidden="true">×</span></button>
      </span>
      <span class="site-role"><W of={titled(language, site)} /></span>
    </th>
  );
}

function Group({ group, width }: { group: ComparedRow['group']; width: number }) {
  const { language } = useAtlas();
  return <tr class="sites-group"><th scope="rowgroup" colSpan={width + 1}><span><W of={termed(language, group)} /></span></th></tr>;
}

function Row({ row: { label, cells, differs } }: { row: ComparedRow }) {
  const { language } = useAtlas();
  const words = useText(roomText);
  return (
    <tr class={differs ? 'differs' : ''}>
      <th scope="row">
        <span class="sites-label">
          <W of={termed(language, label)} />
          <span class={`tag ${differs ? 'strong' : ''}`}>{differs ? `≠ ${words.differs}` : `= ${words.same}`}</span>
        </span>
      </th>
      {cells.map((cell, i) => {
        const text = pick(language, cell.zh, cell.en);
        return <td key={i} class={cell.number === null ? '' : 'figure-cell'}>{text.text ? <W of={text} /> : <span class="aside">{words.nothing}</span>}</td>;
      })}
    </tr>
  );
}
