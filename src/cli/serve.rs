//! `plan-atlas serve`: loads a folder and answers until told to stop.

use std::io::IsTerminal;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
#[cfg(unix)]
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use clap::{ArgAction, Args, ValueEnum};
use ipnet::IpNet;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tracing_subscriber::EnvFilter;

use crate::cli::progress::load_shown;
use crate::cli::reload::{self, Look};
use crate::cli::{For, indexed, painter};
use crate::grant::{Key, default_folder};
use crate::http::{AppState, Edges, Limits, Origin, Rate, Reader, app, listen};
use crate::index::IndexedAtlas;
use crate::load::{Lang, Severity};
use crate::model::Audience;
use crate::whole;

/// How long requests under way may take after a signal to stop; a second signal ends the wait. A
/// client that never finishes its request must not keep the server from stopping.
const GRACE: Duration = Duration::from_secs(10);

/// How long work that nobody waits for any more may take to its next step, when the server stops.
const LAST_STEP: Duration = Duration::from_secs(3);

/// Exit code when the data is fine but the server cannot run.
const CANNOT_SERVE: u8 = 3;

/// Options of `serve`. Each can stand in a file, too ([`crate::cli::config`]).
#[derive(Debug, Args)]
pub struct Options {
    /// 配置文件（TOML），每行一项，名称同下；命令行优先，其次环境变量 (file of settings, named as below; flags count first, then variables).
    #[arg(long, env = "PLAN_ATLAS_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// 数据文件夹 (the data folder).
    #[arg(long, env = "PLAN_ATLAS_DATA", value_name = "DIR", default_value = "geodata")]
    data: PathBuf,
    /// 监听地址 (address to listen on).
    #[arg(
        long,
        env = "PLAN_ATLAS_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080"
    )]
    listen: SocketAddr,
    /// 启动后打开浏览器 (open a browser).
    #[arg(long, env = "PLAN_ATLAS_OPEN", num_args = 0..=1, require_equals = true, default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    open: bool,
    /// 不监视数据文件夹的改动 (do not take changes of the data folder over; on Unix, SIGHUP still does).
    #[arg(long, env = "PLAN_ATLAS_NO_WATCH", num_args = 0..=1, require_equals = true, default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    no_watch: bool,
    /// 一个查询最多算几秒 (seconds that a question may take).
    #[arg(long, env = "PLAN_ATLAS_QUESTION_TIME", value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=3600))]
    question_time: u64,
    /// 一次导出最多做几秒 (seconds that an export may take).
    #[arg(long, env = "PLAN_ATLAS_EXPORT_TIME", value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=3600))]
    export_time: u64,
    /// 密集图面的绘制程序；不给则用与本程序同在一处的 plan-atlas-painter (program that paints dense pictures).
    #[arg(long, env = "PLAN_ATLAS_PAINTER", value_name = "PATH")]
    painter: Option<PathBuf>,
    /// 多少个顶点起交给绘制程序；不给则按有无显卡而定 (vertices from which on it paints).
    #[arg(long, env = "PLAN_ATLAS_PAINTER_FROM", value_name = "COUNT")]
    painter_from: Option<usize>,
    /// 密钥文件夹，须在数据文件夹之外；不给则用本用户的设置文件夹 (folder of the key that passes and links are signed with).
    #[arg(long, env = "PLAN_ATLAS_KEYS", value_name = "DIR")]
    keys: Option<PathBuf>,
    /// 不登录的访问者能看到什么 (what everybody sees who does not sign in).
    #[arg(long, env = "PLAN_ATLAS_AUDIENCE", value_enum, default_value = "public")]
    audience: For,
    /// 哪些网页可以跨站读取公开数据，写来源，* 为任何网页 (pages of other sites that may read what everybody sees).
    #[arg(long, env = "PLAN_ATLAS_CORS", value_name = "ORIGINS", value_delimiter = ',')]
    cors: Vec<Reader>,
    /// 哪些网页可以把图册嵌在框里 (pages of other sites that may show the atlas in a frame).
    #[arg(long, env = "PLAN_ATLAS_EMBED", value_name = "ORIGINS", value_delimiter = ',')]
    embed: Vec<Origin>,
    /// 受信任的反向代理，地址或网段；只采信它们的 X-Forwarded-* (proxies whose X-Forwarded-* is believed, addresses or networks).
    #[arg(long, env = "PLAN_ATLAS_TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',', value_parser = network)]
    trusted_proxies: Vec<IpNet>,
    /// 每个地址每秒最多几个请求，0 为不限 (requests a second that one address may ask; 0 for as many as it likes).
    #[arg(long, env = "PLAN_ATLAS_RATE", value_name = "COUNT", default_value_t = 0)]
    rate: u32,
    /// 每个地址一时最多几个请求 (requests that one address may ask at once, before that counts).
    #[arg(long, env = "PLAN_ATLAS_BURST", value_name = "COUNT", default_value_t = 400)]
    burst: u32,
    /// 同时最多几个连接 (connections at once).
    #[arg(long, env = "PLAN_ATLAS_CONNECTIONS", value_name = "COUNT", default_value_t = 512)]
    connections: usize,
    /// 审计日志：登录、分享、导出，每行一条 JSON (file that records who signed in, what was shared and exported).
    #[arg(long, env = "PLAN_ATLAS_AUDIT", value_name = "FILE")]
    audit: Option<PathBuf>,
    /// 日志格式 (format of log lines); the level comes from `RUST_LOG`.
    #[arg(long, env = "PLAN_ATLAS_LOG", value_enum, default_value = "text")]
    log: LogFormat,
}

/// A network, or an address alone.
fn network(text: &str) -> Result<IpNet, String> {
    let address = || text.parse::<IpAddr>().map(IpNet::from).ok();
    text.parse().ok().or_else(address).ok_or_else(|| {
        "应为地址或网段，如 10.0.0.1、10.0.0.0/8 (expected is an address or a network: 10.0.0.1, 10.0.0.0/8)".to_owned()
    })
}

impl Options {
    fn limits(&self) -> Limits {
        Limits {
            question: Duration::from_secs(self.question_time),
            export: Duration::from_secs(self.export_time),
        }
    }

    fn edges(&self) -> Edges {
        let rate = Rate { per_second: self.rate, burst: self.burst };
        Edges {
            readers: self.cors.clone(),
            frames: self.embed.clone(),
            proxies: self.trusted_proxies.clone(),
            rate: (self.rate > 0).then_some(rate),
            connections: self.connections,
            audit: self.audit.clone(),
            ..Edges::default()
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for collectors.
    Json,
}

/// Serves until interrupted. Refuses to start on data with errors, naming them.
pub fn run(options: &Options) -> ExitCode {
    start_log(options.log);
    // Exports that a killed program was making.
    whole::sweep(&std::env::temp_dir());
    let seen = Look::at(&options.data);
    let Some(index) = load_or_explain(options) else { return ExitCode::FAILURE };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return cannot_serve(&format!("cannot start threads: {error}")),
    };
    let served = runtime.block_on(serve(index, seen, options));
    // Whoever asked is gone now: work under way stops at its next step and tidies up behind itself.
    runtime.shutdown_timeout(LAST_STEP);
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => cannot_serve(&reason),
    }
}

fn cannot_serve(reason: &str) -> ExitCode {
    eprintln!("无法启动服务 (cannot serve): {reason}");
    ExitCode::from(CANNOT_SERVE)
}

fn start_log(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("plan_atlas=info,tower_http=info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // A log that cannot be written (its terminal was closed) must not end the program in a panic.
        .log_internal_errors(false)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => builder.with_target(false).init(),
        LogFormat::Json => builder.json().init(),
    }
}

fn load_or_explain(options: &Options) -> Option<IndexedAtlas> {
    let start = Instant::now();
    let mut loaded = load_shown(&options.data, Lang::Zh);
    for problem in std::mem::take(&mut loaded.problems) {
        let text = problem.text(Lang::Zh);
        match problem.severity {
            Severity::Error => tracing::error!("{text}"),
            Severity::Warning => tracing::warn!("{text}"),
        }
    }
    let index = indexed(loaded);
    match &index {
        Some(index) => tracing::info!(
            places = index.atlas.places.len(),
            stored = index.stores().map(|(_, store)| store.len()).sum::<usize>(),
            version = index.atlas.data_version,
            milliseconds = start.elapsed().as_millis(),
            "data loaded"
        ),
        None => eprintln!(
            "数据有错误，未启动。请按上列提示更正，再用 plan-atlas check {} 检查。\n\
             The data has errors (above); not serving.",
            options.data.display()
        ),
    }
    index
}

fn audit_fails(options: &Options, error: &std::io::Error) -> String {
    let path = options.audit.as_deref().unwrap_or(Path::new(""));
    format!("{}: 审计日志无法写入 (the audit log cannot be written): {error}", path.display())
}

/// The key that passes and links are signed with; without it nobody can sign in, and the atlas is served all
/// the same.
fn key(options: &Options) -> Option<Key> {
    let folder = options.keys.clone().unwrap_or_else(default_folder);
    Key::open(&folder, Some(&options.data))
        .inspect_err(|error| tracing::warn!(%error, "nobody can sign in or make share links"))
        .ok()
}

async fn serve(index: IndexedAtlas, seen: Look, options: &Options) -> Result<(), String> {
    let title = index.atlas.title.clone();
    let painter = painter(options.painter.as_deref());
    let painter = Arc::new(match options.painter_from {
        Some(vertices) => painter.from(vertices),
        None => painter,
    });
    let everybody: Audience = options.audience.into();
    let state = AppState::limited(index, options.limits())
        .painted_by(painter)
        .gated(key(options), everybody)
        .edged(options.edges())
        .map_err(|error| audit_fails(options, &error))?;
    let router = app(state.clone());
    if everybody != Audience::Public && !options.listen.ip().is_loopback() {
        tracing::warn!(
            listen = %options.listen,
            audience = everybody.id(),
            "everybody who reaches this address sees what that audience sees"
        );
    }
    let at = |error: std::io::Error| format!("{}: {error}", options.listen);
    let listener = TcpListener::bind(options.listen).await.map_err(at)?;
    let address = format!("http://{}/", listener.local_addr().map_err(at)?);
    println!("{title} {address}");
    let reload = reload::start(state.clone(), options.data.clone(), seen, !options.no_watch);
    #[cfg(unix)]
    tokio::spawn(reload_on_hangup(reload.clone()));
    if options.open
        && let Err(error) = open::that_detached(&address)
    {
        tracing::warn!(%error, "no browser could be opened; open {address} yourself");
    }
    let stopping = Arc::new(Notify::new());
    let announce = Arc::clone(&stopping);
    let server = listen(listener, router, &state, async move {
        stop_signal().await;
        tracing::info!("stopping: finishing requests under way");
        announce.notify_one();
    });
    let patience = async {
        stopping.notified().await;
        tokio::select! {
            () = tokio::time::sleep(GRACE) => {}
            () = stop_signal() => {}
        }
    };
    tokio::select! {
        () = server => {}
        () = patience => tracing::warn!("stopped with requests under way"),
    }
    drop(reload);
    tracing::info!("stopped");
    Ok(())
}

/// Has the data folder read whenever SIGHUP comes.
#[cfg(unix)]
async fn reload_on_hangup(reload: Sender<()>) {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::hangup()) {
        Ok(mut hangup) => while hangup.recv().await.is_some() && reload.send(()).is_ok() {},
        Err(error) => tracing::warn!(%error, "cannot listen for SIGHUP"),
    }
}

/// Completes when the terminal in which the server was started has been closed: that sends SIGHUP
/// as well, and must not leave a server behind that nobody sees.
#[cfg(unix)]
async fn terminal_closed() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminal = std::io::stdin().is_terminal();
    if terminal && let Ok(mut hangup) = signal(SignalKind::hangup()) {
        while hangup.recv().await.is_some() && std::io::stdin().is_terminal() {}
    } else {
        std::future::pending::<()>().await;
    }
}

#[cfg(not(unix))]
use std::future::pending as terminal_closed;

/// Completes on Ctrl-C or, where there is such a thing, SIGTERM.
async fn stop_signal() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!(%error, "cannot listen for Ctrl-C");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
        () = terminal_closed() => {}
    }
}
