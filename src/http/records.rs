//! Lists of records, and single ones.

use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;
use crate::http::data::Data;
use crate::http::extract::{List, PagingParams, Segments};
use crate::http::operations::to_json;
use crate::http::problem::Problem;
use crate::model::{DiscrepancyIdx, OrganisationIdx, ProjectIdx, TargetIdx, TaskIdx};
use crate::query::{
    self, DiscrepancyFilter, DiscrepancyView, OrganisationFilter, OrganisationView, Page,
    ProjectFilter, ProjectView, TargetFilter, TargetView, TaskFilter, TaskView, Views,
};

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(projects))
        .routes(routes!(project))
        .routes(routes!(targets))
        .routes(routes!(target))
        .routes(routes!(tasks))
        .routes(routes!(task))
        .routes(routes!(organisations))
        .routes(routes!(organisation))
        .routes(routes!(discrepancies))
        .routes(routes!(discrepancy))
}

fn unknown(what: &str, list: &str, id: &str) -> Problem {
    Problem::not_found(format!("there is no {what} {id:?}; /api/{list} lists them"))
}

/// Position of the record with this id.
fn position<T>(records: &[T], id: &str, id_of: impl Fn(&T) -> &str) -> Option<u32> {
    records.iter().position(|r| id_of(r) == id).and_then(|i| u32::try_from(i).ok())
}

/// Projects.
#[utoipa::path(
    get,
    path = "/api/projects",
    tag = "records",
    params(ProjectFilter, PagingParams),
    responses((status = 200, body = Page<ProjectView>), (status = 400, body = Problem), (status = 404, body = Problem)),
)]
async fn projects(
    data: Data,
    List { filter, paging }: List<ProjectFilter>,
) -> Result<Response, Problem> {
    let views = Views::new(&data.index);
    to_json(&paging.page(query::projects(&data.index, &filter)?, |p| views.project(p, None)))
}

/// One project.
#[utoipa::path(
    get,
    path = "/api/projects/{id}",
    tag = "records",
    params(("id" = String, Path, example = "PJ226")),
    responses((status = 200, body = ProjectView), (status = 400, body = Problem), (status = 404, body = Problem)),
)]
async fn project(data: Data, Segments(id): Segments<String>) -> Result<Response, Problem> {
    let found = position(&data.index.atlas.projects, &id, |p| &p.id);
    let handle = found.map(ProjectIdx).ok_or_else(|| unknown("project", "projects", &id))?;
    to_json(&Views::new(&data.index).project(handle, None))
}

/// Indicators and figures in the text.
#[utoipa::path(
    get,
    path = "/api/targets",
    tag = "records",
    params(TargetFilter, PagingParams),
    responses((status = 200, body = Page<TargetView>), (status = 400, body = Problem), (status = 404, body = Problem)),
)]
async fn targets(
    data: Data,
    List { filter, paging }: List<TargetFilter>,
) -> Result<Response, Problem> {
    let views = Views::new(&data.index);
    to_json(&paging.page(query::targets(&data.index, &filter)?, |t| views.target(t, None)))
}

/// One target.
#[utoipa::path(
    get,
    path = "/api/targets/{id}",
    tag = "records",
    params(("id" = String, Path, example = "I28")),
    responses((status = 200, body = TargetView), (status = 400, body = Problem), (status = 404, body = Problem)),
)]
async fn target(data: Data, Segments(id): Segments<String>) -> Result<Response, Problem> {
    let found = position(&data.index.atlas.targets, &id, |t| &t.id);
    let handle = found.map(TargetIdx).ok_or_else(|| unknown("target", "targets", &id))?;
    to_json(&Views::new(&data.index).target(handle, None))
}

/// Tasks and measures.
#[utoipa::path(
    get,
    path = "/api/tasks",
    tag = "records",
    params(TaskFilter, PagingParams),
    responses((status = 200, body = Page<TaskView>), (status = 400, body = Problem), (status = 404, body = Problem)),
)]
async fn tasks(data: Data, List { filter, paging }: List<TaskFilter>) -> Result<Response, Problem> {
    let views = Views::new(&data.index);
    to_json(&paging.page(query::tasks(&data.index, &filter)?, |t| views.task(t, None)))
}

/// One task.
#[utoipa::path(
    get,
    path = "/api/tasks/{id}",
    tag = "records",
    params(("id" = String, Path, example = "TK001")),
    responses((status = 200, body = TaskView), (status = 400, body = Problem), (status = 404, body = Problem)),
)]
async fn task(data: Data, Segments(id): Segments<String>) -> Result<Response, Problem> {
    let found = position(&data.index.atlas.tasks, &id, |t| &t.id);
    let handle = found.map(TaskIdx).ok_or_else(|| unknown("task", "tasks", &id))?;
    to_json(&Views::new(&data.index).task(handle, None))
}

/// Organisations with what they are responsible for.
#[utoipa::path(
    get,
    path = "/api/organisations",
    tag = "records",
    params(OrganisationFilter, PagingParams),
    responses((status = 200, body = Page<OrganisationView>), (status = 400, body = Problem), (status = 404, body = Problem)),
)]
async fn organisations(
    data: Data,
    List { filter, paging }: List<OrganisationFilter>,
) -> Result<Response, Problem> {
    let views = Views::new(&data.index);
    to_json(&paging.page(query::organisations(&data.index, &filter)?, |o| views.organisation(o)))
}

/// One organisation.
#[utoipa::path(
    get,
    path = "/api/organisations/{id}",
    tag = "records",
    params(("id" = String, Path, example = "OG001")),
    responses((status = 200, body = OrganisationView), (status = 400, body = Problem), (status = 404, body = Problem)),
)]
async fn organisation(data: Data, Segments(id): Segments<String>) -> Result<Response, Problem> {
    let found = position(&data.index.atlas.organisations, &id, |o| &o.id);
    let handle =
        found.map(OrganisationIdx).ok_or_else(|| unknown("organisation", "organisations", &id))?;
    to_json(&Views::new(&data.index).organisation(handle))
}

/// Statements of a plan that do not agree.
#[utoipa::path(
    get,
    path = "/api/discrepancies",
    tag = "records",
    params(DiscrepancyFilter, PagingParams),
    responses((status = 200, body = Page<DiscrepancyView>), (status = 400, body = Problem), (status = 404, body = Problem)),
)]
async fn discrepancies(
    data: Data,
    List { filter, paging }: List<DiscrepancyFilter>,
) -> Result<Response, Problem> {
    let views = Views::new(&data.index);
    let found = query::discrepancies(&data.index, &filter)?;
    to_json(&paging.page(found, |d| views.discrepancy(d, None)))
}

/// One discrepancy.
#[utoipa::path(
    get,
    path = "/api/discrepancies/{id}",
    tag = "records",
    params(("id" = String, Path, example = "IC01")),
    responses((status = 200, body = DiscrepancyView), (status = 400, body = Problem), (status = 404, body = Problem)),
)]
async fn discrepancy(data: Data, Segments(id): Segments<String>) -> Result<Response, Problem> {
    let found = position(&data.index.atlas.discrepancies, &id, |d| &d.id);
    let handle =
        found.map(DiscrepancyIdx).ok_or_else(|| unknown("discrepancy", "discrepancies", &id))?;
    to_json(&Views::new(&data.index).discrepancy(handle, None))
}
