//! Paged reports, as people print and hand them on: PDF and HTML.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use axum::body::Body;
use axum::http::Request;
use common::folder::Folder;
use common::server::Server;
use common::{Answer, ask, geodata, get, get_from, serve, shipped};
use serde_json::Value;

/// A PDF on the disk, for programs that look at it.
struct Pdf {
    _folder: tempfile::TempDir,
    file: PathBuf,
}

impl Pdf {
    fn of(answer: &Answer) -> Self {
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        assert_eq!(answer.header("content-type"), "application/pdf");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("report.pdf");
        fs::write(&file, &answer.body).unwrap();
        Self { _folder: folder, file }
    }

    /// What a program says of it; `None`, and a word about it, where the program is missing.
    fn said(&self, program: &str, before: &[&str], after: &[&str]) -> Option<String> {
        let output = Command::new(program).args(before).arg(&self.file).args(after).output();
        let Ok(output) = output else {
            eprintln!("{program} is missing; nothing was read");
            return None;
        };
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// The text of each page.
    fn pages(&self) -> Option<Vec<String>> {
        let text = self.said("pdftotext", &["-q"], &["-"])?;
        let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
        pages.pop();
        Some(pages)
    }
}

/// Whether a page of a booklet is about a township: its name follows the line that names county and layer.
fn is_about(page: &str, layer: &str, name: &str) -> bool {
    let mut lines = page.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.any(|line| line.contains(" · ") && line.contains(layer)) && lines.next() == Some(name)
}

/// Text as it is compared: lines break anywhere.
fn joined(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

async fn dossier_of(place: &str) -> Value {
    get(&format!("/api/places/{place}")).await.json()
}

async fn data_version() -> String {
    get("/api/atlas").await.json()["data_version"].as_str().unwrap().to_owned()
}

const REPORTS: [&str; 7] = [
    "/reports/place.pdf?place=500235143",
    "/reports/place.pdf?place=500235143&lang=en",
    "/reports/place.pdf?place=yunyang:longgang",
    "/reports/layer.pdf?layer=herbs&county=500235",
    "/reports/site.pdf?place=yunyang:shuikou-cluster&link=https://plan.example/s/1",
    "/reports/site.pdf?place=yunyang:shuikou-cluster&radius=5000&lang=en",
    "/reports/comparison.pdf?places=yunyang:shuikou-cluster,yunyang:longgang",
];

#[tokio::test]
async fn every_font_of_a_report_is_embedded_and_the_pdf_is_tagged() {
    for address in REPORTS {
        let pdf = Pdf::of(&get(address).await);
        let Some(fonts) = pdf.said("pdffonts", &[], &[]) else { return };
        let fonts: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(!fonts.is_empty(), "{address}");
        for font in fonts {
            // Embedded, a subset, with a way back to characters.
            assert!(font.contains("NotoSansSC") && font.contains(" yes yes yes "), "{font}");
        }
        let about = pdf.said("pdfinfo", &[], &[]).unwrap();
        assert!(about.contains("Tagged:          yes"), "{about}");
        assert!(about.contains("(A4)") && !about.contains("CreationDate"), "{about}");
    }
}

#[tokio::test]
async fn a_dossier_gives_its_chinese_back_and_cites_the_plan() {
    let pdf = Pdf::of(&get("/reports/place.pdf?place=500235143").await);
    let Some(pages) = pdf.pages() else { return };
    let text = joined(&pages.concat());
    for words in [
        "堰坪镇",
        "YànpíngZhèn",
        "小茴香基地",
        "中药材种植面积",
        "15万亩",
        "驻地之间的直线距离",
        "示意，非行政界线",
    ] {
        assert!(text.contains(words), "no {words} in {text}");
    }
    let dossier = dossier_of("500235143").await;
    let title = "《云阳县大健康产业发展“十四五”规划》";
    for kind in ["roles", "projects", "targets", "tasks"] {
        for record in dossier[kind].as_array().unwrap() {
            let name = record["name"].as_str().or(record["title"].as_str()).unwrap();
            assert!(text.contains(&joined(name)), "no {name}");
            let section = record["section"][0].as_str().unwrap();
            assert!(
                text.contains(&joined(&format!("{title}{section}"))),
                "no {section} for {name}"
            );
        }
    }
}

#[tokio::test]
async fn every_page_says_where_it_comes_from() {
    let version = data_version().await;
    for address in REPORTS {
        let english = address.contains("lang=en");
        let pdf = Pdf::of(&get(address).await);
        let Some(pages) = pdf.pages() else { return };
        let many = pages.len();
        for (number, page) in pages.iter().enumerate() {
            let text = joined(page);
            let number = number + 1;
            let said = if english {
                vec![
                    format!("Page{number}of{many}"),
                    "PlanAtlas".to_owned(),
                    "Adiagramwithoutmapapproval".to_owned(),
                    "Content:YunyangCounty14thFive-YearPlan".to_owned(),
                    format!("Dataversion:{version}"),
                ]
            } else {
                vec![
                    format!("第{number}页，共{many}页"),
                    "规划图册".to_owned(),
                    "未经审图，仅供内部研究".to_owned(),
                    "内容来源：《云阳县大健康产业发展“十四五”规划》".to_owned(),
                    "位置来源：".to_owned(),
                    format!("数据版本：{version}"),
                ]
            };
            for words in said {
                assert!(text.contains(&words), "{address}, page {number}: no {words} in {text}");
            }
        }
    }
}

#[tokio::test]
async fn a_map_approval_number_is_on_every_page() {
    let folder = Folder::copy();
    folder.edit("atlas.toml", "review_number = \"\"", "review_number = \"渝S(2025)012号\"");
    let app = serve(folder.path());
    let pdf = Pdf::of(&get_from(app, "/reports/place.pdf?place=500235143").await);
    let Some(pages) = pdf.pages() else { return };
    for page in pages {
        assert!(joined(&page).contains("审图号：渝S(2025)012号"), "{page}");
        assert!(!page.contains("未经审图"), "{page}");
    }
}

#[tokio::test]
async fn the_same_data_gives_the_same_bytes() {
    for address in REPORTS.into_iter().chain([
        "/reports/layer.html?layer=medical",
        "/reports/comparison.xlsx?places=yunyang:shuikou-cluster,yunyang:longgang",
    ]) {
        let (one, other) = (get(address).await, get_from(serve(&geodata()), address).await);
        assert_eq!(one.status, 200, "{address}");
        assert!(one.body == other.body, "{address}");
    }
}

#[tokio::test]
async fn a_booklet_has_a_page_for_each_township() {
    let atlas = get("/api/places?layer=herbs&limit=200").await.json();
    let of_county = |county: &'static str| {
        let items = atlas["items"].as_array().unwrap().iter();
        let names = items.filter(move |place| place["county"] == county);
        names.map(|place| place["name"].as_str().unwrap().to_owned()).collect::<Vec<String>>()
    };
    let townships = of_county("500235");
    assert!(townships.len() > 10);
    let pdf = Pdf::of(&get("/reports/layer.pdf?layer=herbs&county=500235").await);
    let Some(pages) = pdf.pages() else { return };
    // A cover and the contents come first.
    assert_eq!(pages.len(), townships.len() + 2);
    assert!(pages[0].contains("中药材乡镇"), "{}", pages[0]);
    for name in townships {
        let own = pages[2..].iter().filter(|page| is_about(page, "中药材乡镇", &name));
        assert_eq!(own.count(), 1, "{name}");
        assert!(pages[1].contains(&name), "{name} is not in the contents");
    }
    for name in of_county("500236") {
        assert!(!pages[1].contains(&name), "{name} is of the other county");
    }
}

#[tokio::test]
async fn a_booklet_says_how_much_did_not_fit() {
    let pdf = Pdf::of(&get("/reports/layer.pdf?layer=townships&county=500235").await);
    let Some(pages) = pdf.pages() else { return };
    assert_eq!(pages.len(), 44);
    let dossier = dossier_of("500235003").await;
    let name = dossier["place"]["name"].as_str().unwrap();
    let page = pages[2..].iter().find(|page| is_about(page, "乡镇街道", name));
    let page = page.unwrap();
    let kinds = ["roles", "projects", "targets", "tasks", "discrepancies"];
    let records = kinds.map(|kind| dossier[kind].as_array().unwrap().len());
    let all: usize = records.iter().sum();
    // Every record that is printed cites the plan.
    let printed = page.matches("》第").count()
        + page.matches("》专栏").count()
        + page.matches("》表").count()
        + page.matches("》附件").count()
        + page.matches("》序言").count();
    let rest = joined(page);
    let rest = rest.split("本页列不下的还有").nth(1).map_or(0, |rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap()
    });
    assert!(rest > 0 && printed > 0);
    assert_eq!(printed + rest, all, "{page}");
}

#[tokio::test]
async fn a_page_and_a_file_say_the_same() {
    let pdf = Pdf::of(&get("/reports/place.pdf?place=500235143").await);
    let html = get("/reports/place.html?place=500235143").await;
    assert_eq!(html.header("content-type"), "text/html; charset=utf-8");
    let html = String::from_utf8(html.body).unwrap();
    let Some(pages) = pdf.pages() else { return };
    let text = joined(&pages.concat());
    let dossier = dossier_of("500235143").await;
    for target in dossier["targets"].as_array().unwrap() {
        for key in ["baseline", "target"] {
            let figure = target[key].as_str().unwrap();
            assert!(html.contains(figure) && text.contains(figure), "{figure}");
        }
    }
    assert!(html.contains(&data_version().await) && html.contains("<svg"));
    // One file: nothing is fetched.
    for outside in ["<script", "<link", "src=\"http", "@import", "url(http"] {
        assert!(!html.contains(outside), "{outside}");
    }
}

#[tokio::test]
async fn what_stands_in_a_table_is_text_in_a_report_and_nothing_else() {
    let name = "<b>#panic(\"x\")</b> $a_b$ *c* & @d <e> \\ [f]";
    let folder = Folder::copy();
    let cell = format!("\"{}\"", name.replace('"', "\"\""));
    folder.edit("yunyang/projects.csv", "小茴香基地", &cell);
    let app = serve(folder.path());
    let html = get_from(app.clone(), "/reports/place.html?place=500235143").await;
    let html = String::from_utf8(html.body).unwrap();
    assert!(html.contains("&lt;b&gt;#panic(&quot;x&quot;)&lt;/b&gt;"), "{html}");
    assert!(!html.contains("<b>#panic"));
    let pdf = Pdf::of(&get_from(app, "/reports/place.pdf?place=500235143").await);
    let Some(pages) = pdf.pages() else { return };
    let text = joined(&pages.concat());
    assert!(text.contains(&joined(name)), "{text}");
}

#[tokio::test]
async fn html_is_well_formed() {
    for address in [
        "/reports/place.html?place=500235143&lang=en",
        "/reports/place.html?place=500235",
        "/reports/layer.html?layer=herbs",
        "/reports/site.html?place=yunyang:shuikou-cluster&link=https://plan.example/?a=1%26b=2",
        "/reports/comparison.html?places=yunyang:shuikou-cluster,yunyang:longgang&lang=en",
    ] {
        let answer = get(address).await;
        assert_eq!(answer.status, 200, "{address}");
        let html = String::from_utf8(answer.body).unwrap();
        let mut reader = quick_xml::Reader::from_str(&html);
        reader.config_mut().check_end_names = true;
        let mut ids = std::collections::HashSet::new();
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{address}: {error}")) {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                    if let Some(id) = tag.try_get_attribute("id").unwrap() {
                        let id = id.value.into_owned();
                        assert!(ids.insert(id.clone()), "{address}: {id} twice");
                    }
                }
                _ => {}
            }
        }
    }
}

#[tokio::test]
async fn a_report_is_a_download_with_a_chinese_name_and_is_not_sent_twice() {
    let answer = get("/reports/place.pdf?place=500235143").await;
    let disposition = answer.header("content-disposition");
    assert!(disposition.starts_with("attachment; filename=\""), "{disposition}");
    // 堰坪镇-资料.pdf
    let name = "filename*=UTF-8''%E5%A0%B0%E5%9D%AA%E9%95%87-%E8%B5%84%E6%96%99.pdf";
    assert!(disposition.ends_with(name), "{disposition}");
    let again = Request::get("/reports/place.pdf?place=500235143")
        .header("if-none-match", answer.header("etag"))
        .body(Body::empty())
        .unwrap();
    assert_eq!(ask(shipped(), again).await.status, 304);
}

#[tokio::test]
async fn english_is_english_and_chinese_where_there_is_nothing_else() {
    let pdf = Pdf::of(&get("/reports/place.pdf?place=500235143&lang=en").await);
    let Some(pages) = pdf.pages() else { return };
    let text = joined(&pages.concat());
    for words in [
        "YanpingTown",
        "Roles",
        "Targets",
        "150,000mu",
        "Accuracyoftheposition",
        "straightlinesbetweentheseats",
        "Chapter3,Section4",
    ] {
        assert!(text.contains(words), "no {words} in {text}");
    }
    // Words of the plan are quoted in its own language; nothing of ours is.
    for words in ["布局定位", "位置精度", "数据版本", "牵头单位", "直线距离"] {
        assert!(!text.contains(words), "{words}");
    }
}

#[tokio::test]
async fn every_site_has_a_brochure_of_at_most_four_pages() {
    let sites = get("/api/sites").await.json();
    let sites = sites["items"].as_array().unwrap();
    assert!(sites.len() > 40);
    for (number, site) in sites.iter().enumerate() {
        // One language each: both take twice as long.
        let lang = if number % 2 == 0 { "zh" } else { "en" };
        let id = site["place"]["id"].as_str().unwrap();
        let address =
            format!("/reports/site.pdf?place={id}&lang={lang}&link=https://plan.example/{id}");
        let pdf = Pdf::of(&get(&address).await);
        let Some(pages) = pdf.pages() else { return };
        assert!((1..=4).contains(&pages.len()), "{id} ({lang}): {} pages", pages.len());
        let text = joined(&pages.concat());
        let (name, title) = if lang == "zh" { ("name", "title") } else { ("name_en", "title_en") };
        let name = site["place"][name].as_str().or(site["place"]["name"].as_str()).unwrap();
        assert!(text.contains(&joined(name)), "{id} ({lang}): no {name} in {text}");
        // Lines of a PDF that stand beside each other are not read in one order everywhere.
        let html = get(&address.replace(".pdf", ".html")).await;
        let html = String::from_utf8(html.body).unwrap();
        let title = plan_atlas::picture::escaped(site[title].as_str().unwrap());
        assert!(html.contains(&title), "{id} ({lang}): no {title}");
    }
}

#[tokio::test]
async fn a_brochure_says_what_the_site_is_for_and_whom_to_turn_to() {
    let id = "yunyang:shuikou-cluster";
    let card = get(&format!("/api/sites/{id}?radius=15000")).await.json();
    let pdf = Pdf::of(&get(&format!("/reports/site.pdf?place={id}&radius=15000")).await);
    let Some(pages) = pdf.pages() else { return };
    let text = joined(&pages.concat());
    for sought in card["site"]["sought"].as_array().unwrap() {
        assert!(text.contains(&joined(sought["zh"].as_str().unwrap())), "{sought}");
    }
    for unit in card["units"].as_array().unwrap() {
        assert!(text.contains(&joined(unit["name"].as_str().unwrap())), "{unit}");
    }
    for category in card["surroundings"]["categories"].as_array().unwrap() {
        let label = format!("{}{}", category["title"].as_str().unwrap(), category["total"]);
        assert!(text.contains(&joined(&label)), "no {label} in {text}");
    }
    for measure in card["measures"].as_array().unwrap() {
        assert!(text.contains(&joined(measure["title"].as_str().unwrap())), "{measure}");
    }
    for words in ["直线距离15km", "不是行车里程", "写联系人和电话", "第二章第四节"]
    {
        assert!(text.contains(words), "no {words} in {text}");
    }
    assert!(!text.contains("扫码"), "no link, no code");
}

/// Reads the code off a picture of the first page; the test is skipped where there is no reader.
const READER: &str = "import sys, cv2
text, *_ = cv2.QRCodeDetector().detectAndDecode(cv2.imread(sys.argv[1]))
print(text)";

#[tokio::test]
async fn the_code_leads_to_the_link() {
    let python = std::env::var("PLAN_ATLAS_PYTHON").unwrap_or_else(|_| "python3".into());
    let known = Command::new(&python).args(["-c", "import cv2"]).output();
    if !known.is_ok_and(|output| output.status.success()) {
        eprintln!("cv2 is missing; no code was read");
        return;
    }
    let link = "https://plan.example/?lang=zh#s=yunyang:shuikou-cluster";
    let encoded = link.replace('#', "%23").replace('?', "%3F").replace('=', "%3D");
    let address = format!("/reports/site.pdf?place=yunyang:shuikou-cluster&link={encoded}");
    let pdf = Pdf::of(&get(&address).await);
    let picture = pdf.file.with_extension("");
    let stem = picture.to_str().unwrap();
    if pdf.said("pdftoppm", &["-r", "150", "-png", "-singlefile"], &[stem]).is_none() {
        return;
    }
    let read =
        Command::new(&python).args(["-c", READER]).arg(format!("{stem}.png")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&read.stdout).trim(), link);
}

#[tokio::test]
async fn rows_that_differ_are_marked_by_a_word_in_every_format() {
    let places = "yunyang:shuikou-cluster,yunyang:huangling-cluster,yunyang:longgang";
    let rows = get(&format!("/api/sites/compare?places={places}")).await.json();
    let rows = rows["rows"].as_array().unwrap();
    let differing = rows.iter().filter(|row| row["differs"] == true).count();
    assert!(differing > 3 && differing < rows.len(), "{differing} of {}", rows.len());
    let html = get(&format!("/reports/comparison.html?places={places}")).await;
    let html = String::from_utf8(html.body).unwrap();
    assert_eq!(html.matches("<td>不同</td>").count(), differing);
    assert_eq!(html.matches("<tr class=\"differs\">").count(), differing);
    let pdf = Pdf::of(&get(&format!("/reports/comparison.pdf?places={places}")).await);
    if let Some(pages) = pdf.pages() {
        let marked =
            pages.iter().flat_map(|page| page.lines()).filter(|line| line.trim() == "不同");
        assert_eq!(marked.count(), differing);
    }
    let xlsx = get(&format!("/reports/comparison.xlsx?places={places}")).await;
    assert_eq!(xlsx.status, 200);
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(xlsx.body)).unwrap();
    let sheet = calamine::Reader::worksheet_range(&mut book, "对比").unwrap();
    let cells: Vec<Vec<String>> =
        sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(
        cells.iter().filter(|row| row.last().is_some_and(|cell| cell == "不同")).count(),
        differing
    );
    for row in rows {
        let label = row["label"]["zh"].as_str().unwrap();
        let found =
            cells.iter().find(|cells| cells[0] == label).unwrap_or_else(|| panic!("{label}"));
        for (cell, text) in row["cells"].as_array().unwrap().iter().zip(&found[1..]) {
            let said = cell["zh"].as_str().unwrap();
            assert_eq!(if said.is_empty() { "—" } else { said }, text, "{label}");
        }
    }
    let about = calamine::Reader::worksheet_range(&mut book, "说明").unwrap();
    let about: String = about.rows().flatten().map(ToString::to_string).collect();
    assert!(about.contains(&data_version().await) && about.contains("未经审图"), "{about}");
}

#[tokio::test]
async fn what_cannot_be_printed_says_why() {
    let long = format!("site.pdf?place=yunyang:shuikou-cluster&link=https://{}", "a".repeat(500));
    for (question, status, words) in [
        (long.as_str(), 400, "500 characters"),
        ("place.pdf", 400, "place"),
        ("place.pdf?place=nope", 404, "nope"),
        ("place.html?place=nope", 404, "nope"),
        ("place.pdf?place=500235143&lang=fr", 400, "zh or en"),
        ("place.pdf?place=500235143&colour=red", 400, "no parameter"),
        ("layer.pdf?layer=nope", 404, "nope"),
        ("layer.pdf?layer=herbs&county=500235143", 404, "no county"),
        ("layer.html?layer=rivers", 422, "no page to fill"),
        ("site.pdf?place=nope", 404, "nope"),
        ("site.pdf?place=500235143", 404, "is no site"),
        ("site.pdf?place=yunyang:shuikou-cluster&radius=-1", 400, "radius"),
        ("site.pdf?place=yunyang:shuikou-cluster&radius=300000", 400, "200000"),
        ("site.pdf?place=yunyang:shuikou-cluster&link=javascript:alert(1)", 400, "https://"),
        ("site.pdf?place=yunyang:shuikou-cluster&link=https://", 400, "https://"),
        ("site.pdf?place=yunyang:shuikou-cluster&link=https://a%20b", 400, "https://"),
        ("comparison.pdf?places=yunyang:shuikou-cluster", 400, "two to four"),
        ("comparison.pdf?places=yunyang:longgang,yunyang:longgang", 400, "twice"),
        ("comparison.xlsx?places=yunyang:longgang,nope", 404, "nope"),
        ("comparison.xlsx?places=", 400, "two to four"),
    ] {
        let answer = get(&format!("/reports/{question}")).await;
        assert_eq!(answer.status, status, "{question}: {}", String::from_utf8_lossy(&answer.body));
        assert_eq!(answer.header("content-type"), "application/problem+json", "{question}");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(words), "{question}: {detail}");
    }
}

#[test]
fn reports_of_many_places_leave_nothing_behind() {
    let server = Server::start(&geodata(), &[]);
    let mut connection = server.connect();
    let townships = connection.get("/api/places?layer=townships&limit=100").json();
    let townships: Vec<&str> = common::values(&townships["items"], "id");
    assert!(townships.len() > 70);
    // Each about something else: what typst remembers of one is of no use to the next.
    let mut print = |id: &&str| {
        let reply = connection.get(&format!("/reports/place.pdf?place={id}"));
        assert_eq!(reply.status, 200, "{}", reply.head);
    };
    townships[..15].iter().for_each(&mut print);
    let before = server.memory();
    townships[15..].iter().for_each(&mut print);
    let after = server.memory();
    assert!(after < before + 40.0, "{before} MB, then {after} MB");
}

#[test]
fn the_command_line_prints_the_same_as_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("堰坪.html");
    let run = |arguments: &[&str]| {
        let program = Path::new(env!("CARGO_BIN_EXE_plan-atlas"));
        Command::new(program)
            .arg("report")
            .arg("--data")
            .arg(geodata())
            .args(arguments)
            .output()
            .unwrap()
    };
    let out = file.to_str().unwrap();
    let done = run(&["--place", "500235143", "--output", out]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let served = runtime.block_on(get("/reports/place.html?place=500235143"));
    assert!(fs::read(&file).unwrap() == served.body);
    for (arguments, words) in [
        (&["--place", "nope", "--output", out][..], "没有地点"),
        (&["--layer", "rivers", "--output", out], "没有地点在乡镇里"),
        (&["--layer", "herbs", "--county", "x", "--output", out], "500235（云阳县）"),
        (&["--layer", "herbs", "--output", "x.docx"], ".pdf 或 .html"),
        (&["--output", out], "--place"),
        (&["--site", "500235143", "--output", out], "不是招商载体"),
        (&["--compare", "yunyang:longgang", "--output", out], "两至四个"),
        (&["--place", "500235143", "--output", "x.xlsx"], "只有对比"),
    ] {
        let done = run(arguments);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
}
