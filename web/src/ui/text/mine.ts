/** Words of the drawer of own layers. What is wrong with files and features is worded in `mine-reasons.ts`. */
import type { Encoding, Format, Progress } from '../../convert/model';
import type { Reference } from '../../convert/reference';
import { epsgOf, zoneOf } from '../../convert/reference';
import { bilingual } from './bilingual';

const FORMATS_ZH: Record<Format, string> = { geojson: 'GeoJSON', kml: 'KML', shapefile: 'Shapefile', geopackage: 'GeoPackage', csv: '文本表格', xlsx: 'Excel 表格' };
const FORMATS_EN: Record<Format, string> = { geojson: 'GeoJSON', kml: 'KML', shapefile: 'Shapefile', geopackage: 'GeoPackage', csv: 'text table', xlsx: 'Excel workbook' };
const ENCODINGS: Record<Encoding, string> = { 'utf-8': 'UTF-8', gb18030: 'GBK / GB18030', 'utf-16le': 'UTF-16', 'utf-16be': 'UTF-16 BE' };

const coded = (name: string, reference: Reference, before: string, after: string): string => {
  const epsg = epsgOf(reference);
  return epsg === null ? name : `${name}${before}EPSG:${epsg}${after}`;
};

function referenceZh(reference: Reference): string {
  const last = reference.swapped ? (reference.kind === 'gk' || reference.kind === 'mercator' ? '，北坐标在前' : '，纬度在前') : '';
  switch (reference.kind) {
    case 'geographic': return `CGCS2000 / WGS84 经纬度${last}`;
    case 'mercator': return `Web 墨卡托（EPSG:3857）${last}`;
    case 'utm': return coded(`WGS84 UTM ${reference.zone}${reference.south ? 'S' : 'N'}`, reference, '（', '）') + last;
    case 'shifted': return (reference.datum === 'GCJ-02' ? 'GCJ-02（火星坐标，高德、腾讯地图）' : 'BD-09（百度坐标）') + last;
    case 'custom': return reference.name + last;
    case 'gk': {
      const zone = reference.prefixed ? `，带号 ${zoneOf(reference.meridian, reference.width)}` : '';
      return coded(`CGCS2000 ${reference.width} 度带，中央经线 ${reference.meridian}°${zone}`, reference, '（', '）') + last;
    }
  }
}

function referenceEn(reference: Reference): string {
  const last = reference.swapped ? (reference.kind === 'gk' || reference.kind === 'mercator' ? ', northing first' : ', latitude first') : '';
  switch (reference.kind) {
    case 'geographic': return `CGCS2000 / WGS 84 longitude and latitude${last}`;
    case 'mercator': return `Web Mercator (EPSG:3857)${last}`;
    case 'utm': return coded(`WGS 84 UTM ${reference.zone}${reference.south ? 'S' : 'N'}`, reference, ' (', ')') + last;
    case 'shifted': return (reference.datum === 'GCJ-02' ? 'GCJ-02 (Amap, Tencent Maps)' : 'BD-09 (Baidu Maps)') + last;
    case 'custom': return reference.name + last;
    case 'gk': {
      const zone = reference.prefixed ? `, zone ${zoneOf(reference.meridian, reference.width)}` : '';
      return coded(`CGCS2000 ${reference.width}-degree Gauss–Krüger, meridian ${reference.meridian}°E${zone}`, reference, ' (', ')') + last;
    }
  }
}

const many = (n: number, one: string, more: string): string => `${n.toLocaleString('en-GB')} ${n === 1 ? one : more}`;

export const mineText = bilingual({
  choose: '选择文件…',
  chooseOr: '或把文件拖到页面任意处',
  about: '能导入什么，数据去哪里',
  formats: 'GeoJSON、KML/KMZ、Shapefile（zip，或同时选中 .shp .dbf .prj）、GeoPackage、CSV/XLSX（有坐标或乡镇名）。',
  stays: '文件只在这个浏览器里转换和显示，不上传；关闭或刷新页面就没有了。只有您点“查询”时，所查的图形才发给图册服务。',
  dropHere: '松开即导入',
  dropWhat: '在本机转换，不上传',
  ofFormat: FORMATS_ZH,
  encodings: ENCODINGS,
  reference: referenceZh,

  working: '正在导入',
  stages: { reading: '读取', unpacking: '解压', parsing: '解析', converting: '换算与检查', indexing: '准备显示' } satisfies Record<Progress['stage'], string>,
  cancel: '取消',
  failed: '没有导入',
  partly: '有文件没有导入',
  dismiss: '知道了',

  asking: '请确认',
  askingOf: (at: number, of: number) => `第 ${at} 个，共 ${of} 个`,
  rows: (n: number) => `${n.toLocaleString('zh-CN')} 行`,
  features: (n: number) => `${n.toLocaleString('zh-CN')} 个要素`,
  encoding: '编码',
  encodingHow: { stated: '文件注明', tried: '按内容判断', chosen: '手动指定' },
  whereIs: '位置在哪几列',
  placings: { columns: '两列坐标', pair: '一列坐标“经度,纬度”', wkt: 'WKT 图形列', township: '乡镇名称或代码' },
  east: '经度 / 东坐标（Y 或 E）',
  north: '纬度 / 北坐标（X 或 N）',
  column: '列',
  chooseColumn: '请选列',
  firstRows: '前几行',
  townshipNote: '点放在乡镇驻地上，精度记为“驻地代替”。对不上的名称会列在检查报告里。',
  whichReference: '坐标系',
  whyAsk: {
    'no-prj': '没有 .prj 文件，看不出坐标系。请选择，选项下方写着图层会落在哪里。',
    'not-stated': '文件没有写明坐标系。请选择，选项下方写着图层会落在哪里。',
    'not-degrees': '坐标不是经纬度，看不出是哪种坐标系。请选择，选项下方写着图层会落在哪里。',
    contradiction: '文件写明的坐标系与坐标数值或文件名对不上。请选择，选项下方写着图层会落在哪里。',
    unreadable: '文件里的坐标系认不出来。请选择，选项下方写着图层会落在哪里。',
  },
  askDegrees: '表格里没有写坐标系。手机和网络地图上取的点常是 GCJ-02，与 CGCS2000 相差约 500 米，从位置上看不出来。请选择。',
  askMetres: '表格里没有写坐标系。请选择，选项下方写着图层会落在哪里。',
  headerSays: '列名写明了坐标系，请确认。',
  confirmReference: '请确认坐标系。',
  noneFits: '没有一种常用坐标系对得上这些数值。请核对列，或填 EPSG 代码。',
  byNumber: '其他：EPSG 代码',
  numberLabel: 'EPSG 代码',
  tryNumber: '试一试',
  badNumber: '请填数字，例如 4545。',
  near: (name: string, km: string) => `落在${name}驻地附近（相距 ${km}）`,
  far: (km: string) => `距图册 ${km}，坐标系可能不对`,
  nowhere: '换算后不在地球上，坐标系不对',
  unknownPlace: '无法判断落在哪里',
  take: '导入',
  takeAll: (n: number) => `其余 ${n} 个也用这个坐标系`,
  skip: '跳过这个图层',

  layers: '我的图层',
  empty: '还没有自己的图层。',
  show: (name: string) => `显示 ${name}`,
  more: (name: string) => `${name}：操作与检查结果`,
  zoomTo: '缩放至图层',
  table: '属性表',
  report: '检查报告',
  save: '保存为 GeoJSON',
  removeLayer: '移除',
  removeSure: '真的移除？',
  rename: '名称',
  color: '颜色',
  colors: { blue: '蓝', vermilion: '橙红', green: '绿', purple: '紫红', ochre: '土黄', violet: '紫' },
  from: (file: string, format: string) => `来自 ${file}（${format}）`,
  change: '更改…',
  changeOf: (name: string) => `更改 ${name} 的编码、坐标系或位置列`,
  seatReference: '乡镇驻地',
  howFar: '图册地点离它多远…',
  keep: '要留在数据文件夹里，先保存，再在服务器上运行：',
  copy: '复制命令',
  copied: '已复制',
  copyFailed: '没能复制，请手动选中',
  outside: (km: string) => `不在图册范围内，相距 ${km}`,
  clustered: '点多，合并显示；放大即分开',

  drawn: (drawn: number, total: number) => (drawn === total ? `${total} 个要素全部绘出` : `${total} 个要素，绘出 ${drawn} 个`),
  counts: { 'left-out': (n: number) => `${n} 个未绘出`, mended: (n: number) => `${n} 处已修正`, kept: (n: number) => `${n} 处请留意` },
  clean: '没有发现问题。',
  reportOf: (name: string) => `检查报告：${name}`,
  reportColumns: { number: '序号', name: '名称', fault: '问题', done: '处理', detail: '原文' },
  dones: { 'left-out': '未绘出', mended: '已修正', kept: '照原样' },
  allOthers: (n: number) => `另有 ${n} 个`,
  saveReport: '下载报告（CSV）',

  tableOf: (name: string) => `属性表：${name}`,
  rowsShown: (from: number, to: number, of: number) => `第 ${from}–${to} 行，共 ${of} 行`,
  previous: '上一页',
  next: '下一页',
  previousOne: '上一个',
  nextOne: '下一个',
  number: '序号',
  showFeature: (n: number) => `在图上显示第 ${n} 个要素`,

  feature: '要素',
  featureNo: (n: number) => `第 ${n} 个要素`,
  ofLayer: (name: string) => `我的图层：${name}`,
  closeFeature: '关闭要素',
  severalHere: (at: number, of: number) => `此处第 ${at} 个，共 ${of} 个`,
  atlasHere: '图册在此处',
  properties: '属性',
  noProperties: '没有属性。',
  area: '面积',
  length: '长度',
  position: '位置',
  crossing: '边界自相交，分不清内外：面积不可靠，也不能查询。请在 GIS 中修复后重新导入。',
  ask: '查询此处的规划内容',
  askAgain: '重新查询',
  within: '周边',
  asked: (name: string, distance: string | null) => (distance ? `“${name}”周边 ${distance} 内的规划内容` : `“${name}”里的规划内容`),
  found: (n: number) => (n ? `共 ${n} 处` : '没有找到'),
  noneFound: '这里没有已定位的地点。可把距离加大，或换一个要素。未定位的地点不参与查询。',
  tooDetailed: '图形太复杂，服务不能回答。请在 GIS 中简化后重新导入。',
  askingServer: '正在查询…',
  unreadable: '读不到这个要素。',
}, {
  choose: 'Choose files…',
  chooseOr: 'or drop files anywhere on the page',
  about: 'What can be imported, and where it goes',
  formats: 'GeoJSON, KML/KMZ, Shapefile (zip, or .shp .dbf .prj chosen together), GeoPackage, CSV/XLSX with coordinates or township names.',
  stays: 'Files are converted and shown in this browser only, never uploaded; closing or reloading the page discards them. A shape is sent to the atlas server only when you ask about it.',
  dropHere: 'Drop to import',
  dropWhat: 'Converted on this computer, not uploaded',
  ofFormat: FORMATS_EN,
  encodings: ENCODINGS,
  reference: referenceEn,

  working: 'Importing',
  stages: { reading: 'reading', unpacking: 'unpacking', parsing: 'parsing', converting: 'converting and checking', indexing: 'preparing to draw' },
  cancel: 'Cancel',
  failed: 'Not imported',
  partly: 'Some files were not imported',
  dismiss: 'Dismiss',

  asking: 'Please confirm',
  askingOf: (at: number, of: number) => `${at} of ${of}`,
  rows: (n: number) => many(n, 'row', 'rows'),
  features: (n: number) => many(n, 'feature', 'features'),
  encoding: 'Encoding',
  encodingHow: { stated: 'stated by the file', tried: 'told from the content', chosen: 'chosen by you' },
  whereIs: 'Which columns hold the position',
  placings: { columns: 'two columns of coordinates', pair: 'one column “longitude,latitude”', wkt: 'a column of WKT shapes', township: 'township names or codes' },
  east: 'Longitude / easting (survey Y)',
  north: 'Latitude / northing (survey X)',
  column: 'Column',
  chooseColumn: 'Choose a column',
  firstRows: 'First rows',
  townshipNote: 'Points are put on the seats of the townships and marked as such. Names that match none are listed in the report.',
  whichReference: 'Coordinate reference',
  whyAsk: {
    'no-prj': 'Without a .prj file the coordinate reference cannot be told. Choose one; below each it says where the layer would lie.',
    'not-stated': 'The file does not state its coordinate reference. Choose one; below each it says where the layer would lie.',
    'not-degrees': 'The coordinates are no degrees, and their reference cannot be told. Choose one; below each it says where the layer would lie.',
    contradiction: 'The reference that the file states contradicts its numbers or its name. Choose one; below each it says where the layer would lie.',
    unreadable: 'The reference in the file is not recognised. Choose one; below each it says where the layer would lie.',
  },
  askDegrees: 'The table does not state its coordinate reference. Points taken from phones and web maps in China are often GCJ-02, about 500 m off CGCS2000, which cannot be seen from where they lie. Choose one.',
  askMetres: 'The table does not state its coordinate reference. Choose one; below each it says where the layer would lie.',
  headerSays: 'The headings name the reference. Please confirm.',
  confirmReference: 'Please confirm the reference.',
  noneFits: 'No common reference fits these numbers. Check the columns, or give an EPSG code.',
  byNumber: 'Other: EPSG code',
  numberLabel: 'EPSG code',
  tryNumber: 'Try',
  badNumber: 'Give a number, for example 4545.',
  near: (name: string, km: string) => `Would lie near the seat of ${name} (${km} away)`,
  far: (km: string) => `${km} from the atlas: probably the wrong reference`,
  nowhere: 'Would lie nowhere on the globe: the wrong reference',
  unknownPlace: 'Cannot be told where it would lie',
  take: 'Import',
  takeAll: (n: number) => `The same for the other ${n}`,
  skip: 'Skip this layer',

  layers: 'My layers',
  empty: 'No layers of your own yet.',
  show: (name: string) => `Show ${name}`,
  more: (name: string) => `${name}: actions and findings`,
  zoomTo: 'Zoom to layer',
  table: 'Attributes',
  report: 'Report',
  save: 'Save as GeoJSON',
  removeLayer: 'Remove',
  removeSure: 'Really remove?',
  rename: 'Name',
  color: 'Colour',
  colors: { blue: 'blue', vermilion: 'vermilion', green: 'green', purple: 'purple', ochre: 'ochre', violet: 'violet' },
  from: (file: string, format: string) => `From ${file} (${format})`,
  change: 'Change…',
  changeOf: (name: string) => `Change encoding, reference or columns of ${name}`,
  seatReference: 'seats of townships',
  howFar: 'How far are places of the atlas…',
  keep: 'To keep it in the data folder, save it, then run on the server:',
  copy: 'Copy command',
  copied: 'Copied',
  copyFailed: 'Could not copy; select it by hand',
  outside: (km: string) => `Outside of the atlas, ${km} away`,
  clustered: 'Many points, drawn together; zoom in to take them apart',

  drawn: (drawn: number, total: number) => (drawn === total ? `All ${many(total, 'feature', 'features')} drawn` : `${drawn} of ${many(total, 'feature', 'features')} drawn`),
  counts: { 'left-out': (n: number) => `${n} left out`, mended: (n: number) => `${n} mended`, kept: (n: number) => `${n} to be aware of` },
  clean: 'Nothing found wrong.',
  reportOf: (name: string) => `Report: ${name}`,
  reportColumns: { number: 'No.', name: 'Name', fault: 'What is wrong', done: 'What was done', detail: 'As in the file' },
  dones: { 'left-out': 'left out', mended: 'mended', kept: 'kept as it is' },
  allOthers: (n: number) => `${n} more`,
  saveReport: 'Download report (CSV)',

  tableOf: (name: string) => `Attributes: ${name}`,
  rowsShown: (from: number, to: number, of: number) => `Rows ${from}–${to} of ${of}`,
  previous: 'Previous',
  next: 'Next',
  previousOne: 'Previous',
  nextOne: 'Next',
  number: 'No.',
  showFeature: (n: number) => `Show feature ${n} on the map`,

  feature: 'Feature',
  featureNo: (n: number) => `Feature ${n}`,
  ofLayer: (name: string) => `My layer: ${name}`,
  closeFeature: 'Close feature',
  severalHere: (at: number, of: number) => `${at} of ${of} here`,
  atlasHere: 'The atlas has here',
  properties: 'Properties',
  noProperties: 'No properties.',
  area: 'Area',
  length: 'Length',
  position: 'Position',
  crossing: 'Its edges cross, so inside and outside cannot be told: the area is not reliable, and it cannot be asked about. Mend it in a GIS and import it again.',
  ask: 'Ask what the plans have here',
  askAgain: 'Ask again',
  within: 'Within',
  asked: (name: string, distance: string | null) => (distance ? `What the plans have within ${distance} of ${name}` : `What the plans have in ${name}`),
  found: (n: number) => (n ? many(n, 'place', 'places') : 'Nothing found'),
  noneFound: 'No located place lies here. Try a larger distance or another feature. Places without position take no part.',
  tooDetailed: 'The shape is too detailed for the server. Simplify it in a GIS and import it again.',
  askingServer: 'Asking…',
  unreadable: 'This feature cannot be read.',
});

export type MineText = (typeof mineText)['zh'];
