//! OGC API – Features, Part 1 (OGC 17-069r4): the abstract tests of Annex A against the shipped data. Each
//! test is named after the identifier of the abstract test that it carries out.

mod common;

use std::collections::HashSet;

use axum::body::Body;
use axum::http::{Method, Request};
use common::ogc::{SOME, all_ids, ids, link, links};
use common::{ask, geodata, get, shipped, state, values};
use plan_atlas::http::{Edges, app};
use serde_json::Value;

const OGC: &str = "/ogc";

async fn json(address: &str) -> Value {
    let answer = get(address).await;
    assert_eq!(answer.status, 200, "{address}: {}", String::from_utf8_lossy(&answer.body));
    answer.json()
}

async fn with_accept(address: &str, accept: &str) -> common::Answer {
    let request = Request::get(address).header("accept", accept).body(Body::empty()).unwrap();
    ask(shipped(), request).await
}

/// Every resource, with the media type of its JSON.
fn resources() -> Vec<(String, &'static str)> {
    let mut all = vec![
        ("/ogc".to_owned(), "application/json"),
        ("/ogc/conformance".to_owned(), "application/json"),
        ("/ogc/api".to_owned(), "application/vnd.oai.openapi+json;version=3.0"),
        ("/ogc/collections".to_owned(), "application/json"),
        ("/ogc/collections/townships".to_owned(), "application/json"),
        ("/ogc/collections/townships/queryables".to_owned(), "application/schema+json"),
        ("/ogc/collections/townships/items".to_owned(), "application/geo+json"),
    ];
    let one = "/ogc/collections/townships/items/500235143";
    all.push((one.to_owned(), "application/geo+json"));
    all
}

/// /conf/core/http
#[tokio::test]
async fn conf_core_http() {
    for (address, kind) in resources() {
        for method in [Method::GET, Method::HEAD] {
            let request =
                Request::builder().method(&method).uri(&address).body(Body::empty()).unwrap();
            let answer = ask(shipped(), request).await;
            assert_eq!(answer.status, 200, "{method} {address}");
            assert_eq!(answer.header("content-type"), kind, "{method} {address}");
            assert_eq!(answer.body.is_empty(), method == Method::HEAD, "{method} {address}");
        }
        let post = Request::post(&address).body(Body::empty()).unwrap();
        assert_eq!(ask(shipped(), post).await.status, 405, "{address}");
    }
}

/// /conf/core/root-op, /conf/core/root-success
#[tokio::test]
async fn conf_core_root_success() {
    for address in ["/ogc", "/ogc/"] {
        let landing = json(address).await;
        for rel in ["self", "service-desc", "service-doc", "conformance", "data"] {
            let target = link(&landing, rel);
            assert_eq!(get(&target).await.status, 200, "{rel}: {target}");
        }
        let definition = links(&landing, "service-desc")[0]["type"].clone();
        assert_eq!(definition, "application/vnd.oai.openapi+json;version=3.0");
    }
}

/// /conf/core/api-definition-op, /conf/core/api-definition-success
#[tokio::test]
async fn conf_core_api_definition_success() {
    let landing = json(OGC).await;
    let program = get(&link(&landing, "service-desc")).await;
    assert_eq!(program.json()["openapi"], "3.0.3");
    let person = get(&link(&landing, "service-doc")).await;
    assert!(person.header("content-type").starts_with("text/html"));
}

/// /conf/core/conformance-op, /conf/core/conformance-success
#[tokio::test]
async fn conf_core_conformance_success() {
    let conformance = json("/ogc/conformance").await;
    let classes: HashSet<&str> = conformance["conformsTo"]
        .as_array()
        .unwrap()
        .iter()
        .map(|class| class.as_str().unwrap())
        .collect();
    for class in ["core", "oas30", "html", "geojson"] {
        let class = format!("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{class}");
        assert!(classes.contains(class.as_str()), "{class}");
    }
}

/// /conf/core/fc-md-op, /conf/core/fc-md-success, /conf/core/fc-md-links, /conf/core/fc-md-items,
/// /conf/core/fc-md-items-links, /conf/core/fc-md-extent
#[tokio::test]
async fn conf_core_fc_md_success() {
    let listed = json("/ogc/collections").await;
    assert!(links(&listed, "self").len() == 1 && links(&listed, "alternate").len() == 1);
    let collections = listed["collections"].as_array().unwrap();
    let atlas = get("/api/atlas").await.json();
    assert_eq!(values(&listed["collections"], "id"), values(&atlas["layers"], "id"));
    for collection in collections {
        let items = links(collection, "items");
        assert!(!items.is_empty(), "{collection}");
        for link in items {
            assert!(link["type"].is_string(), "{link}");
        }
        let extent = &collection["extent"]["spatial"]["bbox"][0];
        let Some(extent) = extent.as_array() else {
            assert!(collection.get("extent").is_none(), "{collection}");
            continue;
        };
        let numbers: Vec<f64> = extent.iter().map(|n| n.as_f64().unwrap()).collect();
        assert!(numbers[0] <= numbers[2] && numbers[1] <= numbers[3], "{numbers:?}");
    }
}

/// /conf/core/sfc-md-op, /conf/core/sfc-md-success
#[tokio::test]
async fn conf_core_sfc_md_success() {
    let listed = json("/ogc/collections").await;
    for collection in listed["collections"].as_array().unwrap() {
        let id = collection["id"].as_str().unwrap();
        let alone = json(&format!("/ogc/collections/{id}")).await;
        for key in ["id", "title", "description", "itemType", "crs", "storageCrs", "extent"] {
            assert_eq!(alone[key], collection[key], "{id} {key}");
        }
        for rel in ["self", "alternate", "items"] {
            assert!(!links(&alone, rel).is_empty(), "{id} {rel}");
        }
    }
    assert_eq!(get("/ogc/collections/nowhere").await.status, 404);
}

/// /conf/core/fc-op, /conf/core/fc-response, /conf/core/fc-links, /conf/core/fc-rel-type
#[tokio::test]
async fn conf_core_fc_response() {
    let listed = json("/ogc/collections").await;
    for id in values(&listed["collections"], "id") {
        let page = json(&format!("/ogc/collections/{id}/items?limit=10000")).await;
        assert_eq!(page["type"], "FeatureCollection");
        for rel in ["self", "alternate", "collection"] {
            assert_eq!(links(&page, rel).len(), 1, "{id} {rel}");
        }
        for link in page["links"].as_array().unwrap() {
            assert!(link["rel"].is_string() && link["type"].is_string(), "{link}");
        }
        let unique: HashSet<String> = ids(&page).into_iter().collect();
        assert_eq!(unique.len(), page["features"].as_array().unwrap().len(), "{id}");
    }
}

/// /conf/core/fc-limit-definition, /conf/core/fc-limit-response
#[tokio::test]
async fn conf_core_fc_limit_response() {
    let all = all_ids("townships", "").await;
    for limit in [1, 10, 74, 75, 76] {
        let page = json(&format!("/ogc/collections/townships/items?limit={limit}")).await;
        assert_eq!(ids(&page), all[..limit.min(75)], "{limit}");
        assert_eq!(links(&page, "next").len(), usize::from(limit < 75), "{limit}");
    }
    // More than a page can have is no error.
    let page = json("/ogc/collections/townships/items?limit=1000000").await;
    assert_eq!(page["numberReturned"], 75);
    for limit in ["0", "-1", "abc", "1.5", ""] {
        let answer = get(&format!("/ogc/collections/townships/items?limit={limit}")).await;
        assert_eq!(answer.status, 400, "{limit}");
    }
}

/// /conf/core/fc-next-1, /conf/core/fc-prev
#[tokio::test]
async fn conf_core_fc_next() {
    let all = all_ids("townships", "").await;
    let mut address = "/ogc/collections/townships/items?limit=20".to_owned();
    let mut pages: Vec<Value> = Vec::new();
    loop {
        let page = json(&address).await;
        let next = links(&page, "next");
        let more = next.first().map(|next| next["href"].as_str().unwrap().to_owned());
        pages.push(page);
        match more {
            Some(next) => address = next,
            None => break,
        }
    }
    let walked: Vec<String> = pages.iter().flat_map(ids).collect();
    assert_eq!((pages.len(), walked), (4, all));
    let back = json(&link(&pages[3], "prev")).await;
    assert_eq!(ids(&back), ids(&pages[2]));
    assert!(links(&pages[0], "prev").is_empty());
}

/// /conf/core/fc-bbox-definition, /conf/core/fc-bbox-response
#[tokio::test]
async fn conf_core_fc_bbox_response() {
    let found = all_ids("townships", "&bbox=109.10,31.02,109.12,31.04").await;
    assert_eq!(found, ["500235143"], "堰坪镇");
    let with_heights = all_ids("townships", "&bbox=109.10,31.02,-10,109.12,31.04,9000").await;
    assert_eq!(with_heights, found);
    assert_eq!(all_ids("townships", "&bbox=-10,-10,0,0").await, [""; 0]);
    assert_eq!(all_ids("townships", "&bbox=-180,-90,180,90").await.len(), 75);
    // Across the date line: from China eastwards to America, and from Fiji eastwards to Africa.
    assert_eq!(all_ids("townships", "&bbox=100,20,-100,40").await.len(), 75);
    assert_eq!(all_ids("townships", "&bbox=170,20,20,40").await.len(), 0);
    // A place that nobody has located meets no box.
    let all = json("/ogc/collections/medical/items?limit=10000").await;
    let located = all["features"].as_array().unwrap().iter().filter(|f| !f["geometry"].is_null());
    assert_eq!(all_ids("medical", "&bbox=-180,-90,180,90").await.len(), located.count());
    for bbox in ["1,2,3", "1,2,3,4,5", "a,b,c,d", "109,31.1,110,31", "0,-91,1,0", "NaN,1,2,3", ""] {
        let answer = get(&format!("/ogc/collections/townships/items?bbox={bbox}")).await;
        assert_eq!(answer.status, 400, "{bbox}");
    }
}

/// /conf/core/fc-time-definition, /conf/core/fc-time-response: no feature has a temporal property, so
/// that every one matches.
#[tokio::test]
async fn conf_core_fc_time_response() {
    for datetime in [
        "2021-01-01",
        "2018-02-12T23:20:50Z",
        "2018-02-12T00:00:00Z/2018-03-18T12:31:12Z",
        "2018-02-12T00:00:00Z/..",
        "../2018-03-18T12:31:12Z",
        "2018-02-12/",
        "/2018-03-18",
        "2018-02-12T23:20:50.52%2B08:00",
    ] {
        let found = all_ids("townships", &format!("&datetime={datetime}")).await;
        assert_eq!(found.len(), 75, "{datetime}");
    }
    for datetime in
        ["soon", "2021", "2021-13-01", "2021-02-30", "2022-01-01/2021-01-01", "a/b/c", ""]
    {
        let answer = get(&format!("/ogc/collections/townships/items?datetime={datetime}")).await;
        assert_eq!(answer.status, 400, "{datetime}");
    }
}

/// /conf/core/fc-timeStamp, /conf/core/fc-numberMatched, /conf/core/fc-numberReturned
#[tokio::test]
async fn conf_core_fc_numbers() {
    for (query, matched, returned) in [
        ("limit=10", 75, 10),
        ("limit=10&offset=70", 75, 5),
        ("limit=10&offset=1000", 75, 0),
        ("limit=1&bbox=109.10,31.02,109.12,31.04", 1, 1),
    ] {
        let page = json(&format!("/ogc/collections/townships/items?{query}")).await;
        assert_eq!(page["numberReturned"], returned, "{query}");
        assert_eq!(page["features"].as_array().unwrap().len(), returned, "{query}");
        assert_eq!(page["numberMatched"], matched, "{query}");
        let stamp: jiff::Timestamp = page["timeStamp"].as_str().unwrap().parse().unwrap();
        let age = jiff::Timestamp::now().as_second() - stamp.as_second();
        assert!((0..60).contains(&age), "{stamp}");
    }
}

/// /conf/core/f-op, /conf/core/f-success, /conf/core/f-links
#[tokio::test]
async fn conf_core_f_success() {
    for collection in SOME {
        let page = json(&format!("/ogc/collections/{collection}/items?limit=10000")).await;
        for feature in page["features"].as_array().unwrap().iter().step_by(7) {
            let id = feature["id"].as_str().unwrap();
            let alone = json(&format!("/ogc/collections/{collection}/items/{id}")).await;
            for key in ["type", "id", "geometry", "properties"] {
                assert_eq!(alone[key], feature[key], "{collection} {id} {key}");
            }
            for rel in ["self", "alternate", "collection"] {
                assert_eq!(links(&alone, rel).len(), 1, "{id} {rel}");
            }
            assert_eq!(get(&link(&alone, "collection")).await.status, 200);
        }
    }
    for nothing in ["nobody", "yunyang%3Anobody", "500235999", "townships:500235143"] {
        let answer = get(&format!("/ogc/collections/townships/items/{nothing}")).await;
        assert_eq!(answer.status, 404, "{nothing}");
    }
    // A feature of another collection is none of this one.
    assert_eq!(get("/ogc/collections/rivers/items/500235143").await.status, 404);
}

/// /conf/core/query-param-unknown, /conf/core/query-param-invalid
#[tokio::test]
async fn conf_core_query_param_unknown() {
    for (address, _) in resources() {
        for query in ["unknown=1", "Limit=1", "f=xml", "f=", "f=json&f=json"] {
            let answer = get(&format!("{address}?{query}")).await;
            assert_eq!(answer.status, 400, "{address}?{query}");
            assert_eq!(answer.header("content-type"), "application/problem+json");
            assert!(answer.json()["detail"].as_str().unwrap().len() > 10);
        }
    }
}

/// /conf/core/string-i18n, /conf/core/cross-origin: as far as whoever runs the server allows it.
#[tokio::test]
async fn conf_core_cross_origin() {
    let allowed = async |readers: &[&str], address: &str| {
        let readers = readers.iter().map(|reader| reader.parse().unwrap()).collect();
        let state = state(&geodata()).edged(Edges { readers, ..Edges::default() }).unwrap();
        let read = Request::get(address).header("origin", "https://map.example");
        let answer = ask(app(state.clone()), read.body(Body::empty()).unwrap()).await;
        let preflight = Request::options(address)
            .header("origin", "https://map.example")
            .header("access-control-request-method", "GET")
            .header("access-control-request-headers", "accept-language");
        let asked = ask(app(state), preflight.body(Body::empty()).unwrap()).await;
        let origin =
            |answer: &common::Answer| answer.header("access-control-allow-origin").to_owned();
        if !origin(&asked).is_empty() {
            assert_eq!(asked.status, 200);
            assert!(asked.header("access-control-allow-methods").contains("GET"));
        }
        [origin(&answer), origin(&asked)]
    };
    for address in ["/ogc/collections/townships/items?limit=1", "/tiles/townships.json"] {
        assert_eq!(allowed(&[], address).await, ["", ""], "closed unless opened: {address}");
        assert_eq!(allowed(&["*"], address).await, ["*", "*"], "{address}");
        let some = ["https://gis.example", "https://map.example"];
        assert_eq!(allowed(&some, address).await, ["https://map.example"; 2], "{address}");
        assert_eq!(allowed(&["https://gis.example"], address).await, ["", ""], "{address}");
    }
    assert_eq!(
        allowed(&["*"], "/api/atlas").await,
        ["", ""],
        "services are opened, the page is not"
    );
}

/// /conf/geojson/definition, /conf/geojson/content
#[tokio::test]
async fn conf_geojson_content() {
    for collection in SOME {
        let answer = get(&format!("/ogc/collections/{collection}/items?limit=10000")).await;
        assert_eq!(answer.header("content-type"), "application/geo+json");
        let text = String::from_utf8(answer.body.clone()).unwrap();
        let parsed: geojson::FeatureCollection = text.parse().unwrap();
        let written = answer.json();
        assert_eq!(parsed.features.len(), written["features"].as_array().unwrap().len());
        for feature in &parsed.features {
            assert!(feature.id.is_some() && feature.properties.is_some());
        }
    }
}

/// /conf/html/definition, /conf/html/content
#[tokio::test]
async fn conf_html_content() {
    for (address, _) in resources() {
        let by_accept = with_accept(&address, "text/html,application/xml;q=0.9,*/*;q=0.8").await;
        let by_parameter = get(&format!("{address}?f=html")).await;
        for page in [by_accept, by_parameter] {
            assert_eq!(page.status, 200, "{address}");
            assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{address}");
            assert_eq!(page.header("vary"), "accept", "{address}");
            let policy = page.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{policy}");
            let html = String::from_utf8(page.body).unwrap();
            assert!(html.starts_with("<!doctype html><html lang=\"zh-CN\">"), "{address}");
            for forbidden in ["<script", "style=\"", "<style", "onclick", "src=\"http"] {
                assert!(!html.contains(forbidden), "{address} has {forbidden}");
            }
            assert!(html.contains("rel=\"alternate\""), "{address}");
        }
    }
    assert_eq!(get("/ogc/style.css").await.header("content-type"), "text/css; charset=utf-8");
}

#[tokio::test]
async fn pages_show_the_features_and_lead_on() {
    let page = get("/ogc/collections/townships/items?limit=20&offset=20&f=html").await;
    let html = String::from_utf8(page.body).unwrap();
    assert!(html.contains("第 21–40 个，共 75 个"), "{html}");
    let townships = json("/ogc/collections/townships/items?limit=20&offset=20").await;
    for feature in townships["features"].as_array().unwrap() {
        assert!(html.contains(feature["properties"]["name"].as_str().unwrap()));
    }
    assert!(html.contains("offset=40&amp;f=html") && html.contains("rel=\"next\""), "{html}");
    let one = get("/ogc/collections/townships/items/500235143?f=html").await;
    let html = String::from_utf8(one.body).unwrap();
    assert!(html.contains("<h1>堰坪镇") && html.contains("小茴香"), "{html}");
}

#[tokio::test]
async fn what_cannot_be_accepted_is_refused_and_what_varies_says_so() {
    assert_eq!(with_accept("/ogc/collections", "image/png").await.status, 406);
    let page = with_accept("/ogc/collections/townships/items", "application/geo+json").await;
    assert_eq!((page.status.as_u16(), page.header("vary")), (200, "accept"));
}

#[tokio::test]
async fn an_unchanged_answer_is_not_sent_again() {
    let address = "/ogc/collections/townships/items?limit=3";
    let tag = get(address).await.header("etag").to_owned();
    let again = Request::get(address).header("if-none-match", &tag).body(Body::empty()).unwrap();
    let answer = ask(shipped(), again).await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (304, 0));
}

#[tokio::test]
async fn links_begin_where_the_client_reached_us() {
    let request = Request::get("/ogc/collections/townships/items?limit=1")
        .header("host", "inner:8080")
        .header("x-forwarded-host", "atlas.example")
        .header("x-forwarded-proto", "https")
        .body(Body::empty())
        .unwrap();
    let page = ask(shipped(), request).await.json();
    for link in page["links"].as_array().unwrap() {
        let href = link["href"].as_str().unwrap();
        assert!(href.starts_with("https://atlas.example/ogc"), "{href}");
    }
}

/// /conf/oas30/completeness, /conf/oas30/exceptions-codes: every resource and every parameter that is
/// answered is described, and nothing else.
#[tokio::test]
async fn conf_oas30_completeness() {
    let document = json("/ogc/api").await;
    let parameters = &document["components"]["parameters"];
    let paths = document["paths"].as_object().unwrap();
    // Those of tiles and styles have tests of their own.
    let others = |path: &&String| path.contains("/tile") || path.contains("/styles");
    assert_eq!(paths.len() - paths.keys().filter(others).count(), resources().len());
    for (path, item) in paths {
        let address = path
            .replace("{collectionId}", "townships")
            .replace("{styleId}", "townships")
            .replace("{tileMatrixSetId}", "WebMercatorQuad")
            .replace("{tileMatrix}/{tileRow}/{tileCol}", "9/209/410");
        let address = format!("/ogc{}", address.replace("{featureId}", "500235143"));
        assert_eq!(get(&address).await.status, 200, "{address}");
        let operation = &item["get"];
        for status in ["200", "400", "406"] {
            assert!(operation["responses"][status].is_object(), "{path} {status}");
        }
        let named: Vec<&str> = operation["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p["$ref"].as_str().unwrap().rsplit('/').next().unwrap())
            .filter(|name| parameters[name]["in"] == "query" && *name != "queryables")
            .collect();
        for name in &named {
            let value = match *name {
                "f" => "json",
                "f-tileset" => "tilejson",
                "f-tile" => "mvt",
                "collections" => "townships,rivers",
                "limit" | "offset" => "1",
                "bbox" => "108,30,109,31",
                "datetime" => "2021-01-01",
                "filter" => "TRUE",
                "filter-lang" => "cql2-text",
                "sortby" | "properties" => "name",
                _ => "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            };
            let name = parameters[name]["name"].as_str().unwrap();
            let answer = get(&format!("{address}?{name}={value}")).await;
            assert_eq!(answer.status, 200, "{address}?{name}={value}");
        }
        // What is described nowhere is refused; the refusal lists what is known.
        let refusal = get(&format!("{address}?nowhere=1")).await.json();
        for name in named {
            let name = parameters[name]["name"].as_str().unwrap();
            assert!(refusal["detail"].as_str().unwrap().contains(name), "{path} {name}");
        }
    }
    let limit = &parameters["limit"]["schema"];
    assert_eq!((&limit["minimum"], &limit["maximum"]), (&1.into(), &10_000.into()));
    assert_eq!(parameters["bbox"]["schema"]["oneOf"][0]["minItems"], 4);
}
