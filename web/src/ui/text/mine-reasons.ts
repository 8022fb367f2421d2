/** Why a file cannot be taken, what is wrong with a feature, and what is to be known of a file: in words, with what to do. */
import type { Reason } from '../../convert/failure';
import type { Fault, Notice } from '../../convert/model';
import type { Kind } from '../../convert/sniff';
import type { Language } from '../../state/language';

type Words = readonly [zh: string, en: string];
const said = (language: Language, [zh, en]: Words): string => (language === 'zh' ? zh : en);
const size = (bytes: number): string => (bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`);

const KINDS: Record<Kind, Words> = {
  pdf: ['PDF 文件', 'a PDF'], image: ['图片', 'a picture'], rar: ['RAR 压缩包', 'a RAR archive'], '7z': ['7z 压缩包', 'a 7z archive'],
  gzip: ['gzip 压缩包', 'a gzip archive'], 'office-old': ['旧版 Office 文件（.xls、.doc）或加了密码的工作簿', 'an old Office file (.xls, .doc) or a workbook with a password'],
  dwg: ['AutoCAD 图纸（DWG）', 'an AutoCAD drawing (DWG)'], html: ['网页', 'a web page'], program: ['程序', 'a program'], access: ['Access 数据库', 'an Access database'],
  zip: ['zip 压缩包', 'a zip archive'], sqlite: ['SQLite 数据库', 'an SQLite database'], shp: ['Shapefile', 'a Shapefile'], dbf: ['dBase 表', 'a dBase table'],
  kml: ['KML', 'KML'], xml: ['XML 文件', 'an XML file'], json: ['JSON 文件', 'a JSON file'], text: ['文本', 'plain text'], blank: ['空白文件', 'a blank file'], binary: ['认不出的二进制文件', 'an unknown binary file'],
};

/** What to do with a kind that cannot be taken. */
const REMEDIES: Partial<Record<Kind, Words>> = {
  pdf: ['请向提供者要原始的 GeoJSON、Shapefile 或表格。', 'Ask its author for the GeoJSON, Shapefile or table it was made from.'],
  image: ['图片里没有坐标数据，请找对应的 Shapefile、KML 或表格。', 'A picture holds no coordinates; look for the Shapefile, KML or table behind it.'],
  rar: ['请解压后把里面的文件拖进来，或改存为 zip。', 'Unpack it and drop what is in it, or pack it as a zip.'],
  '7z': ['请解压后把里面的文件拖进来，或改存为 zip。', 'Unpack it and drop what is in it, or pack it as a zip.'],
  gzip: ['请解压后把里面的文件拖进来，或改存为 zip。', 'Unpack it and drop what is in it, or pack it as a zip.'],
  'office-old': ['请在 WPS 或 Excel 里去掉密码，另存为 .xlsx 或 .csv。', 'Remove the password and save it as .xlsx or .csv.'],
  dwg: ['请在 CAD 或 GIS 里导出为 Shapefile 或 KML。', 'Export it from CAD or GIS as a Shapefile or KML.'],
  access: ['请在 ArcGIS 里导出为 Shapefile 或 GeoPackage。', 'Export it from ArcGIS as a Shapefile or GeoPackage.'],
  html: ['多半是下载时存成了登录页或网页，请重新下载。', 'Probably a log-in page saved in its place; download it again.'],
};
const TAKEN: Words = ['可导入 GeoJSON、KML/KMZ、Shapefile（zip）、GeoPackage、CSV、XLSX。', 'GeoJSON, KML/KMZ, Shapefile (zip), GeoPackage, CSV and XLSX can be taken.'];

export function reasonWords(language: Language, reason: Reason): string {
  const say = (zh: string, en: string): string => said(language, [zh, en]);
  const kind = (is: Kind): string => said(language, KINDS[is]);
  const remedy = (is: Kind): string => said(language, REMEDIES[is] ?? TAKEN);
  switch (reason.code) {
    case 'too-large': return say(`文件有 ${size(reason.bytes)}，超过 ${size(reason.limit)} 的上限，没有读取。请先在 GIS 里裁剪或分块。`, `The file has ${size(reason.bytes)}, more than the limit of ${size(reason.limit)}; it was not read. Clip or split it in a GIS first.`);
    case 'empty': return say('文件是空的（0 字节）。请重新导出或重新下载。', 'The file is empty (0 bytes). Export or download it again.');
    case 'blank': return say('文件里只有空格，没有内容。请重新导出。', 'There is nothing in the file but spaces. Export it again.');
    case 'folder': return say('这是文件夹。请打开它，把里面的文件选中一起拖进来。', 'This is a folder. Open it, and drop the files in it together.');
    case 'pretends': return say(`这是${kind(reason.is)}，不是 .${reason.says}。${remedy(reason.is)}`, `This is ${kind(reason.is)}, not .${reason.says}. ${remedy(reason.is)}`);
    case 'unsupported': return say(`这是${kind(reason.is)}，不能导入。${remedy(reason.is)}`, `This is ${kind(reason.is)} and cannot be taken. ${remedy(reason.is)}`);
    case 'unknown': return say(`认不出这个文件${reason.says ? `（.${reason.says}）` : ''}。${said('zh', TAKEN)}`, `The file${reason.says ? ` (.${reason.says})` : ''} is not recognised. ${said('en', TAKEN)}`);
    case 'encoding': return say('文字编码认不出来。请另存为 UTF-8 再导入。', 'The encoding is not recognised. Save it as UTF-8 and try again.');
    case 'json-broken': return say(`JSON 不完整或有语法错误${reason.at ? `（第 ${reason.at} 行附近）` : ''}。请重新导出。`, `The JSON is incomplete or malformed${reason.at ? ` (near line ${reason.at})` : ''}. Export it again.`);
    case 'json-other': return reason.is === 'topojson' ? say('这是 TopoJSON。请导出为 GeoJSON。', 'This is TopoJSON. Export it as GeoJSON.')
      : reason.is === 'esri' ? say('这是 ArcGIS 的 JSON。请导出为 GeoJSON（f=geojson）。', 'This is ArcGIS JSON. Export it as GeoJSON (f=geojson).')
      : say('这个 JSON 里没有地理要素。请导出为 GeoJSON。', 'There are no features in this JSON. Export it as GeoJSON.');
    case 'zip-broken': return say('压缩包损坏、不完整或加了密码。请重新压缩，不设密码。', 'The archive is damaged, incomplete or has a password. Pack it again without one.');
    case 'zip-bomb': return say(`压缩包解开后大得异常（上限 ${size(reason.limit)}），已停止。请检查来源，或直接拖入解开后的文件。`, `The archive unpacks to an unreasonable size (limit ${size(reason.limit)}); unpacking was stopped. Check where it comes from, or drop the unpacked files.`);
    case 'zip-many': return say(`压缩包里超过 ${reason.limit} 个文件。请只压缩要用的图层。`, `The archive has more than ${reason.limit} members. Pack only the layers you need.`);
    case 'zip-nested': return say(`压缩包里还有压缩包（${reason.member}）。请先解开，再拖入里面的文件。`, `There is an archive in the archive (${reason.member}). Unpack it and drop what is in it.`);
    case 'zip-nothing': return say(`压缩包里没有可导入的图层。${said('zh', TAKEN)}`, `There is no layer in the archive. ${said('en', TAKEN)}`);
    case 'xml-entities': return say('文件里有 DTD 或实体声明，可能引用外部文件，出于安全没有解析。请用 Google Earth 或 GIS 重新导出。', 'The file declares a DTD or entities, which may point to other files; for safety it was not parsed. Export it again from Google Earth or a GIS.');
    case 'xml-broken': return say(`XML 有语法错误${reason.at ? `（第 ${reason.at} 行附近）` : ''}。请重新导出。`, `The XML is malformed${reason.at ? ` (near line ${reason.at})` : ''}. Export it again.`);
    case 'kml-empty': return reason.links ? say('这个 KML 只有指向别处的链接，没有要素。请在 Google Earth 里把内容另存为 KML。', 'This KML only links to others and has no features. Save its content as KML in Google Earth.')
      : say('这个 KML 里没有地标。', 'There are no placemarks in this KML.');
    case 'shp-missing': return say(`缺 .shp（只有 ${reason.have}）。请把同名的 .shp、.dbf、.prj 一起选中，或压缩成一个 zip。`, `The .shp is missing (there is only ${reason.have}). Choose .shp, .dbf and .prj together, or pack them into a zip.`);
    case 'shp-broken': return say('.shp 损坏或不是 Shapefile。请重新导出。', 'The .shp is damaged or no Shapefile. Export it again.');
    case 'shp-multipatch': return say('这是三维 MultiPatch 图层。请在 ArcGIS 里转成面（Multipatch Footprint）再导出。', 'This is a 3D multipatch layer. Turn it into polygons in ArcGIS (Multipatch Footprint).');
    case 'gpkg-other': return say('这是 SQLite 数据库，但不是 GeoPackage。请在 GIS 里导出为 GeoPackage。', 'This is an SQLite database but no GeoPackage. Export it as a GeoPackage.');
    case 'gpkg-empty': return say('这个 GeoPackage 里没有矢量图层。', 'There is no vector layer in this GeoPackage.');
    case 'gpkg-broken': return say('GeoPackage 损坏，读不出来。请重新导出。', 'The GeoPackage is damaged. Export it again.');
    case 'table-empty': return say('表格里没有数据行。第一行应是列名，下面至少一行数据。', 'There are no rows. The first row holds the headings, with at least one row below.');
    case 'table-wide': return say(`列数超过 ${reason.limit}。请删去用不着的列。`, `There are more than ${reason.limit} columns. Remove those you do not need.`);
    case 'xlsx-broken': return say('工作簿损坏或格式不对。请用 WPS 或 Excel 另存为 .xlsx。', 'The workbook is damaged or of another kind. Save it as .xlsx.');
    case 'reference-refused': return refusal(say, reason);
    case 'nothing-left': return say(`${reason.total} 个要素没有一个能绘出${reason.fault ? `（多为：${faultWords(language, reason.fault as Fault)}）` : ''}。请检查坐标系和数据。`, `None of the ${reason.total} features can be drawn${reason.fault ? ` (mostly: ${faultWords(language, reason.fault as Fault)})` : ''}. Check the coordinate reference and the data.`);
    case 'busy': return say('上一批文件还没有处理完。请先完成或取消，再导入这一批。', 'Other files are still being brought in. Finish or cancel that first, then import these.');
    case 'memory': return say('内存不够。请关闭其他页面，或在 GIS 里裁剪、分块后再导入。', 'There is not enough memory. Close other pages, or clip or split the file in a GIS.');
    case 'crashed': return say(`转换没有成功（${reason.detail}）。请重试；若仍不行，换一种格式导出。`, `The conversion failed (${reason.detail}). Try again, or export it in another format.`);
  }
}

function refusal(say: (zh: string, en: string) => string, { name, because }: Extract<Reason, { code: 'reference-refused' }>): string {
  switch (because) {
    case 'beijing54': case 'xian80': {
      const [zh, en] = because === 'beijing54' ? ['北京54', 'Beijing 1954'] : ['西安80', 'Xi’an 1980'];
      return say(`坐标系是${zh}（${name}）。它到 CGCS2000 的转换参数因地而异且不公开，这里换算会偏几十米，所以不导入。请向测绘或自然资源部门转换为 CGCS2000。`,
        `The reference is ${en} (${name}). Its parameters to CGCS2000 are local and not public; converting it here would be tens of metres off, so it is not taken. Have it converted to CGCS2000 by the surveying authority.`);
    }
    case 'datum': return say(`坐标系 ${name} 的基准与 CGCS2000、WGS84 不同，这里不能可靠换算。请在 GIS 里转换为 CGCS2000。`, `The datum of ${name} is neither CGCS2000 nor WGS 84 and cannot be converted reliably here. Convert it to CGCS2000 in a GIS.`);
    case 'projection': return say(`坐标系 ${name} 的投影这里不支持。请在 GIS 里转换为 CGCS2000 经纬度。`, `The projection of ${name} is not supported here. Convert it to CGCS2000 longitude and latitude in a GIS.`);
    case 'unknown-code': return say(`不认识 ${name}。请在 GIS 里转换为 CGCS2000 经纬度（EPSG:4490）。`, `${name} is not known here. Convert it to CGCS2000 longitude and latitude (EPSG:4490) in a GIS.`);
  }
}

const FAULTS: Record<Fault, Words> = {
  empty: ['没有图形', 'no geometry'],
  unreadable: ['图形读不出来', 'unreadable geometry'],
  curve: ['是曲线，请先转成折线', 'a curve; turn it into straight segments first'],
  'not-finite': ['坐标不是数字', 'a coordinate is no number'],
  'out-of-range': ['坐标超出地球范围', 'coordinates off the globe'],
  'too-short': ['线只有一个点', 'a line of a single point'],
  'open-ring': ['边界没有闭合，已补上', 'the ring was open and has been closed'],
  'degenerate-ring': ['边界不足三个点', 'a ring of fewer than three points'],
  crossing: ['边界自相交，面积和查询不可靠', 'the edges cross; area and questions are not reliable'],
  'z-dropped': ['高程已去掉', 'heights were dropped'],
  'duplicate-id': ['编号重复，已去掉后一个的编号', 'repeated id; the later one was dropped'],
  'collection-split': ['图形集合，已拆成几个要素', 'a collection, split into several features'],
  'no-coordinates': ['没有可用的坐标', 'no usable coordinates'],
  'unknown-township': ['图册里没有这个乡镇，或它没有驻地', 'no such township in the atlas, or it has no seat'],
  'ambiguous-township': ['不止一个乡镇叫这个名字，请写明县名或代码', 'more than one township of that name; add the county, or give the code'],
  'township-by-stem': ['按简称对上', 'matched by its short name'],
};

export const faultWords = (language: Language, fault: Fault): string => said(language, FAULTS[fault]);

const FORMAT_NAMES: Record<string, Words> = { geojson: ['GeoJSON', 'GeoJSON'], kml: ['KML', 'KML'], geopackage: ['GeoPackage', 'GeoPackage'], csv: ['文本表格', 'a text table'], xlsx: ['Excel 表格', 'a workbook'], shapefile: ['Shapefile', 'a Shapefile'] };

export function noticeWords(language: Language, notice: Notice): string {
  const say = (zh: string, en: string): string => said(language, [zh, en]);
  switch (notice.code) {
    case 'extension': {
      const is = said(language, FORMAT_NAMES[notice.is] ?? [notice.is, notice.is]);
      return say(`扩展名是 .${notice.says}，内容是 ${is}，已按内容读取。`, `It is called .${notice.says} but holds ${is}, and was read as that.`);
    }
    case 'no-dbf': return say('缺 .dbf：只有图形，没有名称和属性。确认后只导入图形；若有 .dbf，请取消，连同它一起选中。', 'The .dbf is missing: there are shapes without names and attributes. Confirm to take the shapes alone; if you have the .dbf, cancel and choose both together.');
    case 'dbf-short': return say(`.dbf 有 ${notice.records} 条，图形有 ${notice.shapes} 个，两者不符，属性可能对错位。`, `There are ${notice.records} records for ${notice.shapes} shapes; attributes may belong to others.`);
    case 'deleted-records': return say(`跳过 ${notice.count} 条已标记删除的记录。`, `${notice.count} records marked as deleted were passed over.`);
    case 'encoding-disagrees': return say(`.cpg 写的是 ${notice.stated}，内容却不是，已按内容判断。`, `The .cpg says ${notice.stated}, which the content is not; it was told from the content.`);
    case 'formulas': return say(`有 ${notice.count} 个公式，取的是上次保存时的结果${notice.empty ? `；其中 ${notice.empty} 个没有结果，按空处理` : ''}。`, `There are ${notice.count} formulas; their results as last saved were taken${notice.empty ? `, and ${notice.empty} without result left empty` : ''}.`);
    case 'title-rows': return say(`跳过表头上方 ${notice.count} 行标题。`, `${notice.count} title rows above the headings were passed over.`);
    case 'cut-off': return say(`文件不完整，读到第 ${notice.after} 个图形为止。请核对原文件。`, `The file is incomplete: it ends after shape ${notice.after}. Check the original.`);
    case 'seats': return say(`${notice.count} 个点放在乡镇驻地上，不是实际位置。`, `${notice.count} points stand on the seats of their townships, not where they really are.`);
    case 'network-links': return say(`有 ${notice.count} 个指向其他文件的链接，没有读取。`, `${notice.count} links to other files were not followed.`);
    case 'reference-by-name': return say(`按文件名识别为 ${notice.datum}，已换算。`, `Taken for ${notice.datum} by its name, and converted.`);
  }
}
