/** Words of sites where they meet the rest of the page: on a place's panel, on the map, and on the documents to hand over. */
import { bilingual } from './bilingual';

export const sitesText = bilingual({
  site: '招商载体',
  siteCard: '招商卡片',
  around: '周边',
  aroundHere: '此处周边',
  aroundPlace: (name: string) => `${name}周边`,
  spotMenu: '图上此处',
  spotAt: (lon: string, lat: string) => `东经 ${lon}°，北纬 ${lat}°`,
  reports: { site: '招商手册', place: '地点资料册', layer: '图层资料册' },
  reportOf: (report: string, format: string, language: string) => `下载${report}：${format}，${language}`,
  reportHint: { site: '两页左右的手册，附图与出处，可以打印或转交。', place: '此地在规划中的全部内容，附图与出处。', layer: '封面、目录，图层中每个乡镇街道一页。' },
  formats: { pdf: 'PDF', html: '网页', xlsx: 'XLSX' },
  languages: { zh: '中文', en: 'English' },
  download: (format: string) => `下载 ${format}`,
  county: '哪个县',
  countyAll: '全部',
  refused: '服务器不能这样做。',
  notThere: '此服务器还不能生成这种文件，请联系管理员升级。',
  gone: '其中有地点或图层不在本图册中了，请重新选择。',
}, {
  site: 'Site for investors',
  siteCard: 'Site card',
  around: 'Around here',
  aroundHere: 'Around here',
  aroundPlace: (name: string) => `Around ${name}`,
  spotMenu: 'This spot on the map',
  spotAt: (lon: string, lat: string) => `${lon}° E, ${lat}° N`,
  reports: { site: 'Brochure', place: 'Dossier', layer: 'Booklet' },
  reportOf: (report: string, format: string, language: string) => `Download ${report.toLowerCase()}: ${format}, ${language}`,
  reportHint: { site: 'About two pages with a map and sources, to print or to pass on.', place: 'All that the plan says of this place, with a map and sources.', layer: 'Cover, contents, and a page for each township of the layer.' },
  formats: { pdf: 'PDF', html: 'HTML', xlsx: 'XLSX' },
  languages: { zh: '中文', en: 'English' },
  download: (format: string) => `Download ${format}`,
  county: 'Which county',
  countyAll: 'All',
  refused: 'The server cannot do that.',
  notThere: 'This server cannot make such files yet; ask the administrator to update it.',
  gone: 'A place or layer is no longer in this atlas; choose again.',
});

export type SitesText = (typeof sitesText)['zh'];
