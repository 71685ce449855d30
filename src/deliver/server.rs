//! The preview's server: HTTP in, the preview's answers out. Async stays in this file. It answers GET and HEAD for
//! names of this machine, reads no body, writes nothing anywhere, and gives silence a short time.

use crate::base::report::Report;
use crate::deliver::hosts::Hosts;
use crate::deliver::preview::{Preview, Shown};
use crate::deliver::respond::{self, Reply};
use crate::deliver::tab::Tab;
use crate::press::Edition;
use crate::read::sources::Sources;
use anyhow::{Context, Result, bail};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, StatusCode, header};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio_io_timeout::TimeoutStream;

/// How many ports are tried when the first is taken.
const PORTS: u16 = 100;

/// How long a request may take to say what it wants, and a connection may be idle or not read what is sent to it.
const SILENCE: Duration = Duration::from_secs(10);

/// How many connections are open at once. A browser opens six.
const CONNECTIONS: usize = 512;

/// The most bytes of a request's line and headers (hyper's least buffer).
const HEADERS: usize = 16 * 1024;

/// The most headers of a request.
const HEADER_LINES: usize = 64;

/// How often a listening tab is written to, so that one that went away is noticed.
const PULSE: Duration = Duration::from_secs(15);

/// How many threads print pages.
const PRINTERS: usize = 4;

/// How a server is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address to listen at.
    pub bind: IpAddr,
    /// The port to listen at, or the first free one after it.
    pub port: u16,
    /// Further names by which it may be called.
    pub allowed: Vec<String>,
}

/// A running server.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    preview: Arc<Preview>,
    rounds: watch::Sender<u64>,
}

/// What a connection is served with.
#[derive(Clone)]
struct Desk {
    preview: Arc<Preview>,
    rounds: watch::Receiver<u64>,
    hosts: Arc<Hosts>,
    at: IpAddr,
}

impl Server {
    /// Listens, and answers from a thread of its own; what comes in before the first edition waits for it.
    pub fn start(options: &Options, preview: Preview) -> Result<Server> {
        let listener = listen(options)?;
        let address = listener.local_addr().context("cannot tell the port")?;
        let (rounds, seen) = watch::channel(0);
        let preview = Arc::new(preview);
        let hosts = Arc::new(Hosts::new(&options.allowed));
        let desk = Desk { preview: preview.clone(), rounds: seen, hosts, at: options.bind };
        listener.set_nonblocking(true).context("cannot listen")?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(PRINTERS)
            .build()
            .context("cannot start the server")?;
        let serve = move || runtime.block_on(accept(listener, desk));
        std::thread::Builder::new().name("server".into()).spawn(serve).context("cannot start the server")?;
        Ok(Server { address, preview, rounds })
    }

    /// Shows an edition, or what is wrong with it, and tells every tab; gives what is shown.
    pub fn show(&self, edition: Arc<Edition>, report: &Report, sources: &Sources) -> Arc<Shown> {
        let shown = self.preview.show(edition, report, sources);
        self.rounds.send_replace(shown.round);
        shown
    }
}

/// Listens at the port wanted, or at the next free one.
fn listen(options: &Options) -> Result<TcpListener> {
    let last = options.port.saturating_add(PORTS);
    for port in options.port..=last {
        match TcpListener::bind((options.bind, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                bail!("this user may not listen at port {port}; give one over 1023 by `--port`");
            }
            Err(error) if error.kind() == ErrorKind::AddrNotAvailable => {
                bail!("{} is no address of this machine; give one of its own by `--bind`", options.bind);
            }
            Err(error) => return Err(error).with_context(|| format!("cannot listen at port {port}")),
        }
    }
    bail!("the ports {} to {last} are all taken; give another by `--port`", options.port)
}

async fn accept(listener: TcpListener, desk: Desk) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = room.clone().acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // No file handles left, most likely: they come back.
            tokio::time::sleep(SILENCE / 100).await;
            continue;
        };
        let at = stream.local_addr().map_or(desk.at, |address| address.ip());
        let desk = Desk { at, ..desk.clone() };
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(SILENCE));
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let desk = desk.clone();
                async move { Ok::<_, Infallible>(desk.respond(request).await) }
            });
            let mut connection = http1::Builder::new();
            connection.timer(TokioTimer::new()).header_read_timeout(SILENCE);
            connection.max_buf_size(HEADERS).max_headers(HEADER_LINES);
            // A connection that breaks is the browser's own affair.
            let _ = connection.serve_connection(TokioIo::new(Box::pin(stream)), service).await;
            drop(place);
        });
    }
}

impl Desk {
    async fn respond(mut self, request: Request<Incoming>) -> Reply {
        if !self.may_be_asked(&request) {
            return respond::text(StatusCode::MISDIRECTED_REQUEST, respond::WRONG_HOST);
        }
        let head = request.method() == Method::HEAD;
        if !head && request.method() != Method::GET {
            return respond::not_allowed();
        }
        let (path, query) = (request.uri().path().to_owned(), request.uri().query().map(str::to_owned));
        let reply = match path.strip_prefix(respond::OWN) {
            Some("events") if !head => self.listen(respond::tab(query.as_deref().unwrap_or_default())),
            Some(name) => respond::own(name),
            None => self.page(path).await,
        };
        if head { respond::without_body(reply) } else { reply }
    }

    /// Whether a request names this server, in its `Host` and in its address where that is a whole one.
    fn may_be_asked(&self, request: &Request<Incoming>) -> bool {
        let mut hosts = request.headers().get_all(header::HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok());
        let named = host.is_some_and(|host| self.hosts.allow(host, self.at));
        let whole = request.uri().authority();
        named && hosts.next().is_none() && whole.is_none_or(|name| self.hosts.allow(name.as_str(), self.at))
    }

    /// The page at an address path, printed on a thread of its own; the first edition is waited for.
    async fn page(&mut self, path: String) -> Reply {
        let _ = self.rounds.wait_for(|round| *round > 0).await;
        let preview = self.preview.clone();
        let printed = tokio::task::spawn_blocking(move || {
            let shown = preview.shown()?;
            let answer = preview.answer(&shown, &path);
            Some(respond::answer(&preview, &shown, answer))
        });
        match printed.await {
            Ok(Some((reply, None))) => reply,
            Ok(Some((reply, Some(file)))) => stream(reply, file),
            Ok(None) | Err(_) => respond::text(StatusCode::INTERNAL_SERVER_ERROR, respond::BROKEN),
        }
    }

    /// The events of a tab: what it shows, now and after each round that changes it.
    fn listen(mut self, tab: Tab) -> Reply {
        let (mut say, body) = respond::streamed();
        tokio::spawn(async move {
            let mut last = String::new();
            while self.rounds.wait_for(|round| *round > 0).await.is_ok() {
                self.rounds.mark_unchanged();
                let (preview, tab) = (self.preview.clone(), tab.clone());
                let told = tokio::task::spawn_blocking(move || {
                    let shown = preview.shown()?;
                    Some((shown.round, preview.tab(&shown, &tab)))
                });
                let Ok(Some((round, told))) = told.await else { return };
                let event = respond::event(round, &told);
                if told != last && say.send(Frame::data(Bytes::from(event))).await.is_err() {
                    return;
                }
                last = told;
                while let Err(_late) = tokio::time::timeout(PULSE, self.rounds.changed()).await {
                    if say.send(Frame::data(Bytes::from_static(b": here\n\n"))).await.is_err() {
                        return;
                    }
                }
            }
        });
        respond::events(body)
    }
}

/// Sends a file piece by piece, so that a film of any length takes no memory.
fn stream(reply: Reply, mut file: respond::File) -> Reply {
    let (mut say, body) = respond::streamed();
    tokio::spawn(async move {
        loop {
            let read = tokio::task::spawn_blocking(move || file.piece());
            let Ok((rest, Some(piece))) = read.await else { return };
            if say.send(Frame::data(piece)).await.is_err() {
                return;
            }
            file = rest;
        }
    });
    reply.map(|_| body)
}
