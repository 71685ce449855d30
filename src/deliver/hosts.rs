//! Which names a request may call the preview by. A page elsewhere can make a name of its own lead here; the
//! browser then sends that name, and it is refused.

use std::net::IpAddr;

/// The names that are answered.
#[derive(Clone, Debug)]
pub struct Hosts {
    names: Vec<String>,
}

impl Hosts {
    /// This machine's own names, and those that were allowed beside them.
    pub fn new(allowed: &[String]) -> Hosts {
        let own = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
        let allowed = allowed.iter().map(|name| name.trim_end_matches('.').to_ascii_lowercase());
        Hosts { names: own.into_iter().chain(allowed).collect() }
    }

    /// Whether a `Host` may be answered on a connection that came in at an address of this machine.
    pub fn allow(&self, host: &str, at: IpAddr) -> bool {
        let Some(name) = without_port(host) else { return false };
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        let literal = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        self.names.contains(&name) || literal.is_ok_and(|literal| literal == at.to_canonical())
    }
}

/// A host without its port; `None` where it is none.
fn without_port(host: &str) -> Option<&str> {
    let (name, port) = match host.rfind(':') {
        Some(colon) if !host.ends_with(']') => (&host[..colon], &host[colon + 1..]),
        _ => (host, "0"),
    };
    let clean = |letter: char| letter.is_ascii_alphanumeric() || "-._[]:".contains(letter);
    let sound = !name.is_empty() && name.chars().all(clean);
    (sound && port.bytes().all(|digit| digit.is_ascii_digit())).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_names_and_allowed_ones_are_answered() {
        let hosts = Hosts::new(&["Desk.local".to_owned()]);
        let at: IpAddr = "192.168.1.5".parse().unwrap();
        for good in [
            "localhost",
            "LOCALHOST:4000",
            "localhost.",
            "127.0.0.1:80",
            "[::1]:4000",
            "desk.local:1",
            "192.168.1.5:9",
        ] {
            assert!(hosts.allow(good, at), "{good}");
        }
        for bad in [
            "",
            ":4000",
            "evil.example",
            "localhost.evil.example",
            "192.168.1.6",
            "127.0.0.2",
            "localhost:x",
            "local host",
            "a@localhost",
            "[::2]",
        ] {
            assert!(!hosts.allow(bad, at), "{bad}");
        }
    }
}
