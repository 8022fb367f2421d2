/** A document to hand over: unfolds into formats and languages, and says how the download goes. */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { bundledReport, hasServer } from '../../api/client';
import type { Report, ReportFormat } from '../../api/report';
import { isUnderWay } from '../../state/download';
import { LANGUAGES, type Language } from '../../state/language';
import { useAtlas, useText } from '../context';
import { DownloadState } from '../download-parts';
import { exportText } from '../text/export';
import { sitesText } from '../text/sites';
import { deskOf, startReport } from './downloading';
import { refusalOf } from './refusal';

const FORMATS = ['pdf', 'html'] as const;

type Kind = Exclude<Report['kind'], 'comparison'>;

/** `report` is asked for only when it is wanted: a link in it leads to the view of that moment. */
interface MenuProps {
  kind: Kind;
  /** Id of what it is about. */
  about: string;
  /** Of the file, where the server gives none. */
  name: string;
  report: (lang: Language) => Report;
  /** What else can be chosen. */
  children?: ComponentChildren;
}

export function ReportMenu({ kind, about, name, report, children }: MenuProps) {
  if (!hasServer) return kind === 'layer' ? null : <BundledReport kind={kind} place={about} />;
  return <ServedReport kind={kind} about={about} name={name} report={report}>{children}</ServedReport>;
}

/** Printed when the bundle was written. */
function BundledReport({ kind, place }: { kind: 'site' | 'place'; place: string }) {
  const words = useText(sitesText);
  const links = LANGUAGES.map((lang) => [lang, bundledReport(kind, place, lang)] as const);
  if (links.some(([, address]) => address === null)) return null;
  return (
    <p class="report-row" role="group" aria-label={words.reports[kind]}>
      <span>{words.reports[kind]}（{words.formats.pdf}）</span>
      {links.map(([lang, address]) => (
        <a key={lang} class="button" href={address ?? ''} target="_blank" rel="noopener" lang={lang === 'zh' ? 'zh-CN' : 'en'}>{words.languages[lang]}</a>
      ))}
    </p>
  );
}

function ServedReport({ kind, about, name, report, children }: MenuProps) {
  const words = useText(sitesText);
  const [open, setOpen] = useState(false);
  const id = useId();
  const desk = deskOf(`${kind} ${about}`);
  return (
    <div class="report-menu">
      <button type="button" class="button report-open" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1.5v8.7M4.6 7 8 10.4 11.4 7M1.8 10.5v3.7h12.4v-3.7" /></svg>
        {words.reports[kind]}
      </button>
      <div id={id} class="report-choice" hidden={!open}>
        {open && (
          <>
            <p class="aside">{words.reportHint[kind]}</p>
            {children}
            {FORMATS.map((format) => (
              <div key={format} class="report-row" role="group" aria-label={words.formats[format]}>
                <span>{words.formats[format]}</span>
                {LANGUAGES.map((lang) => (
                  <button
                    key={lang} type="button" class="button" aria-label={words.reportOf(words.reports[kind], words.formats[format], words.languages[lang])}
                    onClick={() => startReport(desk, report(lang), format, lang, name)}
                  >
                    <span lang={lang === 'zh' ? 'zh-CN' : 'en'}>{words.languages[lang]}</span>
                  </button>
                ))}
              </div>
            ))}
          </>
        )}
      </div>
      <ReportState of={`${kind} ${about}`} />
    </div>
  );
}

/** How the download stands; nothing before there was one. */
export function ReportState({ of }: { of: string }) {
  const words = useText(sitesText);
  const common = useText(exportText);
  const { state, downloader } = deskOf(of);
  const download = state.value;
  return (
    <div class="report-state">
      {download.status !== 'none' && <DownloadState state={download} refuse={(error) => refusalOf(error, words, common)} />}
      {isUnderWay(download) && <button type="button" class="button quiet" onClick={downloader.cancel}>{common.cancel}</button>}
    </div>
  );
}

/** The comparison goes out in the language it is read in. */
export function ReportButton({ of, format, name, report, disabled = false }: { of: string; format: ReportFormat; name: string; report: () => Report; disabled?: boolean }) {
  const { language } = useAtlas();
  const words = useText(sitesText);
  if (!hasServer) return null;
  return (
    <button type="button" class="button" disabled={disabled} onClick={() => startReport(deskOf(of), report(), format, language, name)}>{words.download(words.formats[format])}</button>
  );
}
