//! The address at which a site may be: what everything absolute is made by. So it is held to what every reader of it
//! takes alike, and nothing is left to be put right.

/// What is wrong with an address of the web as a site's, if anything.
pub fn mistake(text: &str) -> Option<&'static str> {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return Some("it begins with neither `https://` nor `http://`");
    };
    if text.contains(['?', '#']) {
        return Some("it has a query or a place");
    }
    let (authority, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
    if authority.contains('@') {
        return Some("it names a user");
    }
    if !authority.is_ascii() {
        return Some("its host is not in ASCII: such a name is written as `xn--…`");
    }
    let end = if authority.ends_with(']') { None } else { authority.rfind(':') };
    let (host, port) =
        end.map_or((authority, None), |colon| (&authority[..colon], Some(&authority[colon + 1..])));
    if !is_host(host) {
        return Some("its host is none");
    }
    if !port.is_none_or(is_port) {
        return Some("its port is no number from 1 to 65535");
    }
    path_mistake(path)
}

fn is_host(host: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(inner) && !label.starts_with('-') && !label.ends_with('-')
    };
    match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(number) => {
            number.contains(':') && number.bytes().all(|b| b.is_ascii_hexdigit() || b":.".contains(&b))
        }
        None => host.split('.').all(is_label),
    }
}

fn is_port(port: &str) -> bool {
    !port.starts_with('0') && port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
}

fn path_mistake(path: &str) -> Option<&'static str> {
    let inside = path.strip_prefix('/').unwrap_or_default();
    let parts: Vec<&str> = inside.strip_suffix('/').unwrap_or(inside).split('/').collect();
    if path == "//" || inside.contains("//") || inside.starts_with('/') {
        return Some("its path has an empty part");
    }
    if parts.iter().any(|part| [".", ".."].contains(part)) {
        return Some("its path has a part that is none: `.` or `..`");
    }
    (!parts.iter().all(|part| is_encoded(part)))
        .then_some("its path has a letter that must be written as `%…`")
}

/// Whether a part of a path holds only what an address may hold as it is (RFC 3986, 3.3).
fn is_encoded(part: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte);
    let mut bytes = part.bytes();
    while let Some(byte) = bytes.next() {
        let is_sound = match byte {
            b'%' => (0..2).all(|_| bytes.next().is_some_and(|digit| digit.is_ascii_hexdigit())),
            other => plain(other),
        };
        if !is_sound {
            return false;
        }
    }
    true
}
