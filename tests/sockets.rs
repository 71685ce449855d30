//! The preview spoken to by those who mean no good, or cannot do better: nothing outside the edition is ever
//! answered, nobody holds others up, and the terminal is written to by the preview alone.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the disk and the clock")]
#![cfg(unix)]

mod common;

use common::serve::{Client, PATIENCE, Preview, until};
use common::{Desk, Random, numbered, rounds, small_site};
use std::fs;
use std::time::{Duration, Instant};

/// What stands in every file that is not to be had.
const SECRET: &str = "not-to-be-had-9f31";

/// A site with files beside its pages that nobody may read.
fn guarded() -> (Desk, Preview) {
    let mut files = small_site();
    files.extend((0..20).map(|number| numbered(number, 0, 0)));
    let desk = Desk::new(files);
    let (path, text) = numbered(3, 0, 0);
    let path = path.replace("brief-3.md", "kept.md");
    desk.write(
        &path,
        text.replace("Text 0.", SECRET).replace("summary:", "embargo: 2030-01-01T00:00:00Z\nsummary:"),
    );
    desk.write(
        &path.replace("kept", "draft"),
        text.replace("Text 0.", SECRET).replace("summary:", "status: draft\nsummary:"),
    );
    for path in ["secret.txt", ".git/config", ".dateline/x", "public/secret.html", "private/index.html"] {
        desk.write(path, SECRET);
    }
    for path in ["static/.hidden", "static/note.txt~", "content/briefs/.notes.md", "static/.git/config"] {
        desk.write(path, SECRET);
    }
    let settings = desk.read("content/site.yaml");
    desk.write("content/site.yaml", format!("# {SECRET}\n{settings}"));
    desk.write("templates/partials/footer.html", format!("{{# {SECRET} #}}<footer id=\"footer\">F</footer>"));
    desk.write("static/page.html", "<!doctype html><head></head><p>A page.\n");
    desk.write("static/film.mp4", vec![7; 3_000_000]);
    fs::write(desk.beside("secret.txt"), SECRET).unwrap();
    let preview = Preview::start(&desk.root(), &[]);
    (desk, preview)
}

/// How long the server is given to end a connection before the other side does. None of the answers that a test
/// insists on depends on it.
const SHORT: Duration = Duration::from_millis(300);

/// Sends bytes on a connection of their own; all that comes back until the server ends it, or is left after a while.
fn say(preview: &Preview, bytes: &[u8], patience: Duration) -> String {
    let mut client = preview.client();
    client.send(bytes);
    let mut answer = client.rest(patience);
    client.finish();
    answer.extend(client.rest(PATIENCE));
    String::from_utf8_lossy(&answer).into_owned()
}

/// One request of this line and these headers.
fn request(preview: &Preview, line: &str, headers: &str) -> String {
    say(preview, format!("{line}\r\n{headers}Connection: close\r\n\r\n").as_bytes(), PATIENCE)
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

/// What holds of every answer, whatever was asked.
fn sound(answer: &str, asked: &str) {
    let head = answer.split("\r\n\r\n").next().unwrap_or_default().to_ascii_lowercase();
    assert!(!answer.contains(SECRET), "{asked:?} got what is not to be had: {answer}");
    assert!(!head.contains("access-control-"), "{asked:?}: {head}");
    assert!(!head.contains("set-cookie") && !head.contains("\r\nserver:"), "{asked:?}: {head}");
    for location in head.lines().filter_map(|line| line.strip_prefix("location: ")) {
        let inside =
            location.starts_with("/news/") && !location.starts_with("//") && !location.contains('\\');
        assert!(inside, "{asked:?} leads elsewhere: {location}");
    }
}

/// The preview goes on, answers at once, and has written nothing that a request said.
fn lives(preview: &mut Preview) {
    assert_eq!(preview.get("index.html").status, 200);
    assert!(preview.running.lives());
    let said = preview.running.bytes();
    let raw = said.iter().find(|byte| byte.is_ascii_control() && **byte != b'\n');
    assert_eq!(raw, None, "{}", String::from_utf8_lossy(&said));
    let said = preview.running.said();
    assert!(!said.contains("panicked") && !said.contains("MARK"), "{said}");
}

/// Ways to say "the folder above", and what might be found there.
fn tricks() -> Vec<String> {
    let ups = [
        "..",
        "%2e%2e",
        "%2E.",
        ".%2e",
        "%252e%252e",
        "..;",
        "...",
        "....",
        "..%00",
        "%c0%ae%c0%ae",
        "%uff0e%uff0e",
        "..%5c..",
        "\u{2025}",
        "．．",
        ".",
        "",
    ];
    let slashes = ["/", "%2f", "%2F", "%252f", "\\", "%5c", "//", "/./", "%c0%af"];
    let aims = [
        "secret.txt",
        "content/site.yaml",
        ".git/config",
        "etc/passwd",
        "site/secret.txt",
        "public/secret.html",
    ];
    let starts =
        ["/", "/news/", "/news/topics/", "//", "/news//", "/.dateline/", "/news/2010/", "\\", "/news/%2f"];
    let mut all = Vec::new();
    for start in starts {
        for up in ups {
            for slash in slashes {
                for aim in aims {
                    for deep in [1, 2, 4] {
                        all.push(format!("{start}{}{aim}", format!("{up}{slash}").repeat(deep)));
                    }
                }
            }
        }
    }
    all
}

#[test]
fn nothing_outside_the_edition_is_ever_answered() {
    let (desk, mut preview) = guarded();
    let root = desk.root().to_str().unwrap().to_owned();
    let mut paths = vec![
        "/news/content/site.yaml".to_owned(),
        "/content/site.yaml".to_owned(),
        "/news/static/page.html".to_owned(),
        "/news/static/.hidden".to_owned(),
        "/news/.hidden".to_owned(),
        "/news/note.txt~".to_owned(),
        "/news/templates/partials/footer.html".to_owned(),
        "/news/2010/01/22/kept.html".to_owned(),
        "/news/2010/01/22/draft.html".to_owned(),
        "/news/private".to_owned(),
        "/news/private/".to_owned(),
        "/news/.git/config".to_owned(),
        "/.dateline/x".to_owned(),
        "/.dateline/../secret.txt".to_owned(),
        "/news/page.html%00.txt".to_owned(),
        "/news/page.html\0".to_owned(),
        format!("/news{root}/secret.txt"),
        format!("{root}/secret.txt"),
        format!("/news/{}", "a/".repeat(5_000)),
        format!("/news/{}", "%2e%2e%2f".repeat(1_500)),
        "/news/".to_owned() + &"%".repeat(1_000),
        "/news/%zz%1".to_owned(),
        "/news/\u{1b}[31mMARK".to_owned(),
        "/news/%1b%5b31mMARK%0d%0aSet-Cookie:%20a=b".to_owned(),
        "//evil.example/news/".to_owned(),
        "/\\evil.example".to_owned(),
        "/news//evil.example/..".to_owned(),
        "*".to_owned(),
        "file:///etc/passwd".to_owned(),
        "news/index.html".to_owned(),
        "?".to_owned(),
        "#".to_owned(),
    ];
    let tricks = tricks();
    let every = if rounds(0, 1) == 1 { 1 } else { 23 };
    paths.extend(tricks.into_iter().step_by(every));
    let mut client = preview.client();
    for path in &paths {
        let sent = client.send(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes());
        // A request that cannot be understood ends the connection.
        let Some(response) = client.response(false).filter(|_| sent) else {
            client = preview.client();
            continue;
        };
        let (head, body) = (format!("{:?}", response.headers), String::from_utf8_lossy(&response.body));
        assert!([400, 404, 414, 302, 431].contains(&response.status), "{path:?}: {} {body}", response.status);
        let location = response.header("location").unwrap_or("/news/");
        sound(&format!("HTTP/1.1 {}\r\nlocation: {location}\r\n{head}\r\n\r\n{body}", response.status), path);
        if response.header("connection") == Some("close") {
            client = preview.client();
        }
    }
    println!("{} path tricks got nothing", paths.len());
    lives(&mut preview);
}

#[test]
fn only_names_of_this_machine_are_answered() {
    let (_desk, mut preview) = guarded();
    let port = preview.port;
    let own = [
        "Host: localhost".to_owned(),
        format!("Host: LOCALHOST:{port}"),
        format!("host:127.0.0.1:{port}"),
        "Host: [::1]".to_owned(),
    ];
    let foreign = [
        "Host: evil.example".to_owned(),
        format!("Host: evil.example:{port}"),
        "Host: localhost.evil.example".to_owned(),
        "Host: 127.0.0.1.evil.example".to_owned(),
        "Host: evil.example, localhost".to_owned(),
        "Host: localhost\r\nHost: evil.example".to_owned(),
        "Host: evil.example\r\nHost: localhost".to_owned(),
        "Host: localhost\r\nHost: localhost".to_owned(),
        "Host:".to_owned(),
        "Host: ".to_owned(),
        "Host: localhost@evil.example".to_owned(),
        "Host: evil.example#localhost".to_owned(),
        "Host: 0.0.0.0".to_owned(),
        "Host: 127.1".to_owned(),
        "Host: 2130706433".to_owned(),
        "Host: local\thost".to_owned(),
        "Host: \u{1b}[31mMARK".to_owned(),
        "X-Forwarded-Host: localhost".to_owned(),
        "Host: evil.example\r\nX-Forwarded-Host: localhost".to_owned(),
        "A: b".to_owned(),
    ];
    let first_line = |bytes: &str| bytes.lines().next().unwrap_or_default().to_owned();
    for path in ["/news/", "/.dateline/preview.js", "/.dateline/events?address=/news/", "/nothing"] {
        for host in &foreign {
            let answer = request(&preview, &format!("GET {path} HTTP/1.1"), &format!("{host}\r\n"));
            let refused = answer.is_empty() || ["400", "421"].contains(&status(&answer));
            assert!(refused, "{host:?} at {path}: {}", first_line(&answer));
            assert!(!answer.contains("Brief") && !answer.contains("data: "), "{host:?} at {path}: {answer}");
            sound(&answer, host);
        }
        let absolute = [
            format!("GET http://evil.example{path} HTTP/1.1\r\nHost: localhost"),
            format!("GET http://localhost{path} HTTP/1.1\r\nHost: evil.example"),
            format!("GET http://localhost@evil.example{path} HTTP/1.1\r\nHost: localhost"),
            format!("GET https://evil.example:{port}{path} HTTP/1.1\r\nHost: localhost"),
            format!("GET //evil.example{path} HTTP/1.0"),
        ];
        for line in &absolute {
            let answer = request(&preview, line, "");
            let refused = answer.is_empty() || ["400", "421"].contains(&status(&answer));
            assert!(refused, "{line:?}: {}", first_line(&answer));
            sound(&answer, line);
        }
    }
    for host in &own {
        for line in ["GET /news/ HTTP/1.1", "GET http://localhost/news/ HTTP/1.1", "GET /news/ HTTP/1.0"] {
            let answer = request(&preview, line, &format!("{host}\r\n"));
            assert_eq!(status(&answer), "200", "{host:?}: {answer}");
            sound(&answer, host);
        }
    }
    let origin = "Host: localhost\r\nOrigin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\n";
    let answer = request(&preview, "GET /news/ HTTP/1.1", origin);
    assert!(answer.contains("cross-origin-resource-policy: same-origin"), "{answer}");
    sound(&answer, origin);
    lives(&mut preview);
}

#[test]
fn a_name_that_is_allowed_is_answered_and_no_other() {
    let desk = Desk::new(small_site());
    let preview = Preview::start(&desk.root(), &["--allow-host", "Phone.local"]);
    for (host, expected) in [("phone.local", "200"), ("PHONE.LOCAL.:80", "200"), ("x.phone.local", "421")] {
        let answer = request(&preview, "GET /news/ HTTP/1.1", &format!("Host: {host}\r\n"));
        assert_eq!(status(&answer), expected, "{host}");
    }
}

#[test]
fn what_would_change_something_is_refused() {
    let (_desk, mut preview) = guarded();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "GETX", "MARK"] {
        for path in ["/news/", "/.dateline/events", "/news/nothing", "/secret.txt"] {
            let length = SECRET.len();
            let bytes = format!(
                "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{SECRET}"
            );
            let answer = say(&preview, bytes.as_bytes(), PATIENCE);
            assert_eq!(status(&answer), "405", "{method} {path}: {answer}");
            assert!(answer.to_ascii_lowercase().contains("allow: get, head"), "{answer}");
            sound(&answer, method);
        }
    }
    for line in ["CONNECT evil.example:443 HTTP/1.1", "CONNECT localhost:80 HTTP/1.1", "OPTIONS * HTTP/1.1"] {
        let answer = request(&preview, line, "Host: localhost\r\n");
        assert!(["400", "405", "421"].contains(&status(&answer)), "{line}: {answer}");
        sound(&answer, line);
    }
    let upgrade = "Host: localhost\r\nUpgrade: h2c, websocket\r\nConnection: Upgrade\r\n";
    assert_eq!(status(&request(&preview, "GET /news/ HTTP/1.1", upgrade)), "200");
    lives(&mut preview);
}

#[test]
fn broken_and_oversized_requests_are_refused_and_forgotten() {
    let (_desk, mut preview) = guarded();
    let get = "GET /news/ HTTP/1.1\r\nHost: localhost\r\n";
    let many: String = (0..5_000).map(|n| format!("X-{n}: y\r\n")).collect();
    let refused: Vec<(&str, String)> = vec![
        ("a long line", format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(5_000_000))),
        ("a long header", format!("{get}X: {}\r\n\r\n", "a".repeat(5_000_000))),
        ("many headers", format!("{get}{many}\r\n")),
        ("many small headers", format!("{get}{}\r\n", "a:b\r\n".repeat(70))),
        ("HTTP/0.9", "GET /news/\r\n\r\n".to_owned()),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0".to_owned()),
        ("HTTP/3.7", "GET /news/ HTTP/3.7\r\nHost: localhost\r\n\r\n".to_owned()),
        ("no version", "GET /news/ HTTP/\r\nHost: localhost\r\n\r\n".to_owned()),
        ("a header without a name", format!("{get}: x\r\n\r\n")),
        ("a header without a colon", format!("{get}MARK\r\n\r\n")),
        ("a folded header", format!("{get}X: a\r\n b\r\n\r\n")),
        ("a NUL in a header", format!("{get}X: a\0b\r\n\r\n")),
        ("a space before a colon", format!("{get}X : a\r\n\r\n")),
        ("two lengths", format!("{get}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab")),
        ("a negative length", format!("{get}Content-Length: -1\r\n\r\n")),
        ("a length that overflows", format!("{get}Content-Length: 99999999999999999999999\r\n\r\n")),
        ("TLS", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}MARK".to_owned()),
        ("control bytes", "\u{1b}]0;MARK\u{7}\u{1b}[2J\r\n\r\n".to_owned()),
        ("nothing", "\r\n\r\n\r\n".to_owned()),
        ("words", "hello there MARK, please show me the news\r\n\r\n".to_owned()),
    ];
    for (what, bytes) in &refused {
        let answer = say(&preview, bytes.as_bytes(), SHORT);
        let refused = answer.is_empty() || ["400", "414", "431", "505"].contains(&status(&answer));
        assert!(refused, "{what}: {}", &answer[..answer.len().min(300)]);
        sound(&answer, what);
    }
    // A body that nobody asked for is not waited for, and not taken for the next request.
    let smuggled = format!("GET /secret.txt HTTP/1.1\r\nHost: localhost\r\nX: {SECRET}\r\n\r\n");
    for bytes in [
        format!("{get}Transfer-Encoding: chunked\r\n\r\nzz\r\n{smuggled}"),
        format!("{get}Transfer-Encoding: chunked\r\n\r\n5\r\nab"),
        format!("{get}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n"),
        format!("{get}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
        format!("{get}Content-Length: 1000000000\r\n\r\nab"),
        format!("{get}Content-Length: {}\r\n\r\n{smuggled}", smuggled.len()),
        format!("{get}Expect: 100-continue\r\nContent-Length: 10\r\n\r\n"),
    ] {
        let answer = say(&preview, bytes.as_bytes(), SHORT);
        let answers = answer.matches("HTTP/1.1 200").count() + answer.matches("HTTP/1.1 400").count();
        assert!(answers <= 2 && !answer.contains("HTTP/1.1 404"), "{bytes:?}: {answer}");
        sound(&answer, &bytes);
    }
    let megabytes = "a".repeat(8_000_000);
    let answer = say(
        &preview,
        format!("{get}Content-Length: {}\r\n\r\n{megabytes}", megabytes.len()).as_bytes(),
        SHORT,
    );
    sound(&answer, "a body of megabytes");
    lives(&mut preview);
}

#[test]
fn random_bytes_and_damaged_requests_do_no_harm() {
    let (_desk, mut preview) = guarded();
    let mut random = Random(4);
    let good =
        b"GET /news/topics.html?a=b HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nRange: bytes=0-9\r\n\r\n";
    let cases = rounds(150, 10_000);
    for _ in 0..cases {
        let mut bytes = good.to_vec();
        for _ in 0..=random.below(4) {
            let at = random.below(bytes.len() as u64) as usize;
            match random.below(4) {
                0 => bytes[at] = random.below(256) as u8,
                1 => bytes.truncate(at + 1),
                2 => bytes.insert(at, random.below(256) as u8),
                _ => drop(bytes.remove(at.min(bytes.len() - 1))),
            }
            if bytes.is_empty() {
                bytes.push(random.below(256) as u8);
            }
        }
        sound(&say(&preview, &bytes, SHORT / 10), &String::from_utf8_lossy(&bytes));
    }
    println!("{cases} damaged requests");
    lives(&mut preview);
}

#[test]
fn requests_on_one_connection_are_answered_in_order() {
    let (_desk, mut preview) = guarded();
    let pages = ["index.html", "topics.html", "timeline.html", "nothing", "page.html", "film.mp4"];
    let expected: Vec<Vec<u8>> = pages.iter().map(|page| preview.get(page).body).collect();
    let mut client = preview.client();
    let line = |page: &str| format!("GET /news/{page} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let all: String = pages.iter().cycle().take(60).map(|page| line(page)).collect();
    std::thread::scope(|scope| {
        let mut writer = client.other();
        scope.spawn(move || writer.send(all.as_bytes()));
        for (at, expected) in expected.iter().cycle().take(60).enumerate() {
            assert!(client.response(false).unwrap().body == *expected, "the answer {at} is another's");
        }
    });
    lives(&mut preview);
}

#[test]
fn silent_and_slow_clients_hold_no_one_up() {
    let (_desk, mut preview) = guarded();
    let mut silent: Vec<Client> = (0..200).map(|_| preview.client()).collect();
    for (number, client) in silent.iter_mut().enumerate() {
        let begun = "GET /news/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
        client.send(&begun.as_bytes()[..number % begun.len()]);
    }
    // Readers that do not read: what is sent to them is more than the system takes for them.
    let mut lazy: Vec<Client> = (0..20).map(|_| preview.client()).collect();
    for client in &mut lazy {
        client.send("GET /news/film.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(20).as_bytes());
    }
    let mut listening: Vec<Client> = (0..50).map(|_| preview.client()).collect();
    for client in &mut listening {
        client.send(b"GET /.dateline/events?address=/news/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    let start = Instant::now();
    for page in ["index.html", "topics.html", "timeline.html", "topics/syria.html", "page.html", "film.mp4"] {
        assert_eq!(preview.get(page).status, 200);
    }
    println!("6 pages beside 270 clients that hang: {:?}", start.elapsed());
    // A header a second is not enough to stay: the whole request has a short time.
    let slow = &mut silent[199];
    let ended = until("a slow request is given up", || {
        std::thread::sleep(Duration::from_millis(200));
        !slow.send(b"a") || slow.has_ended()
    });
    println!("a slow request was given up after {ended:?}");
    lives(&mut preview);
}

#[test]
fn more_connections_than_there_is_room_for_come_to_an_end() {
    let (_desk, mut preview) = guarded();
    let mut crowd: Vec<Client> = (0..600).map(|_| preview.client()).collect();
    for client in crowd.iter_mut().step_by(2) {
        client.send(b"GET /news/film.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    // Those who came are silent; they are sent away, and the next one is answered.
    assert_eq!(preview.get("index.html").status, 200);
    drop(crowd);
    until("all of them are gone", || {
        let open = fs::read_dir(format!("/proc/{}/fd", preview.running.id())).unwrap().count();
        preview.get("topics.html").status == 200 && open < 60
    });
    lives(&mut preview);
}

#[test]
fn readers_that_do_not_read_are_sent_away() {
    let (_desk, mut preview) = guarded();
    let mut lazy: Vec<Client> = (0..512).map(|_| preview.client()).collect();
    for client in &mut lazy {
        client.send("GET /news/film.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(5).as_bytes());
    }
    assert_eq!(preview.get("index.html").status, 200);
    lives(&mut preview);
}

#[test]
fn clients_that_leave_in_the_middle_are_forgotten() {
    let (_desk, mut preview) = guarded();
    let files =
        |preview: &Preview| fs::read_dir(format!("/proc/{}/fd", preview.running.id())).unwrap().count();
    preview.get("index.html");
    let before = files(&preview);
    for turn in 0..rounds(50, 2_000) {
        let mut client = preview.client();
        let path = ["film.mp4", "index.html", "nothing"][turn as usize % 3];
        client.send(format!("GET /news/{path} HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(3).as_bytes());
        if turn % 2 == 0 {
            client.read_some();
        }
    }
    for _ in 0..50 {
        let mut client = preview.client();
        client.send(b"GET /.dateline/events?address=/news/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
        client.read_some();
    }
    until("their connections are closed", || files(&preview) <= before + 2);
    lives(&mut preview);
}

#[test]
fn a_file_of_the_site_that_becomes_a_link_or_a_pipe_leads_nowhere() {
    let (desk, mut preview) = guarded();
    let film = desk.root().join("static/page.html");
    desk.write("static/deep/note.txt", "a note");
    until("the file is shown", || preview.get("deep/note.txt").status == 200);
    fs::create_dir(desk.beside("elsewhere")).unwrap();
    fs::write(desk.beside("elsewhere/note.txt"), SECRET).unwrap();
    fs::remove_file(&film).unwrap();
    std::os::unix::fs::symlink(desk.beside("secret.txt"), &film).unwrap();
    fs::remove_dir_all(desk.root().join("static/deep")).unwrap();
    std::os::unix::fs::symlink(desk.beside("elsewhere"), desk.root().join("static/deep")).unwrap();
    let ask = |when: &str| {
        for path in ["page.html", "deep/note.txt", "deep"] {
            let answer = preview.get(path);
            let body = String::from_utf8_lossy(&answer.body).into_owned();
            assert!(!body.contains(SECRET), "{when}: {path} leads out of the site");
        }
    };
    ask("at once");
    until("the links are seen", || {
        ask("meanwhile");
        preview.errors() > 0
    });
    ask("afterwards");
    fs::remove_file(&film).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&film).status().unwrap().success());
    for _ in 0..20 {
        let mut client = preview.client();
        client.send(b"GET /news/page.html HTTP/1.1\r\nHost: localhost\r\n\r\n");
        std::mem::forget(client);
    }
    lives(&mut preview);
}
