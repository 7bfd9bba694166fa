//! Servers that tests run against: the embedded one in a process of its own, and others that are no SCIM servers.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Child;
use std::sync::Arc;
use std::time::Duration;

use crate::binary::Scimitar;

/// `scimitar serve`, until it is dropped.
pub(crate) struct Served {
    child: Child,
    pub(crate) url: String,
    pub(crate) token: String,
}

impl Served {
    pub(crate) fn start(args: &[&str]) -> Self {
        let scimitar = Scimitar::new();
        let args: Vec<&str> = ["serve"].iter().chain(args).copied().collect();
        let mut child = scimitar.start(&args);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut after = |name: &str| {
            let line = lines.next().unwrap().unwrap();
            assert!(line.starts_with(name), "{line}");
            line.rsplit(' ').next().unwrap().to_owned()
        };
        let (url, _) = (after("SCIM 2.0"), after("SCIM 1.1"));
        let token = after("Token");
        Self { child, url, token }
    }

    /// A request with the server's token: the body of the answer.
    pub(crate) fn get(&self, path: &str) -> serde_json::Value {
        self.ask("GET", path, "")
    }

    /// Makes a user of a name: the body of the answer.
    pub(crate) fn create(&self, user_name: &str) -> serde_json::Value {
        let body = serde_json::json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
            "userName": user_name,
            "name": { "givenName": "Given", "familyName": "Before" },
            "active": true,
        });
        self.ask("POST", "/Users", &body.to_string())
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> serde_json::Value {
        let (host, base) = self
            .url
            .strip_prefix("http://")
            .unwrap()
            .split_once('/')
            .unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        write!(
            stream,
            "{method} /{base}{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\
             Content-Type: application/scim+json\r\nContent-Length: {}\r\n\r\n{body}",
            self.token,
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap()
    }

    /// What is there: how many users, how many groups.
    pub(crate) fn counts(&self) -> (u64, u64) {
        let count = |path: &str| self.get(path)["totalResults"].as_u64().unwrap();
        (count("/Users?count=1"), count("/Groups?count=1"))
    }

    /// Waits until something holds.
    pub(crate) fn until(&self, holds: impl Fn(&Self) -> bool) {
        for _ in 0..200 {
            if holds(self) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("it did not come about within 10 s");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A secret in a path, which [`before`] takes out.
pub(crate) const SECRET_SEGMENT: &str = "/TOKEN-canary-0123456789";

/// A server in front of another: each request, with its number from 0, is passed on unless it is answered here. Gives
/// the URL that is the other's through it. It ends with the test's process.
pub(crate) fn before(
    served: &Served,
    answer: impl Fn(usize, &str) -> Option<String> + Send + Sync + 'static,
) -> String {
    let (host, base) = served
        .url
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    let (host, answer) = (host.to_owned(), Arc::new(answer));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/{base}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let Ok(mut stream) = stream else { return };
            let (host, answer) = (host.clone(), Arc::clone(&answer));
            std::thread::spawn(move || {
                let request = read_request(&mut stream);
                let response = answer(number, &request).map_or_else(
                    || passed_on(&host, &request),
                    |answer| Ok(answer.into_bytes()),
                );
                let _ = stream.write_all(&response.unwrap_or_default());
            });
        }
    });
    url
}

/// An answer with this status and no body, after which the connection is closed.
pub(crate) fn status(status: &str, headers: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n")
}

fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let line = line.to_ascii_lowercase();
                line.strip_prefix("content-length: ")?.parse().ok()
            });
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => return text,
            Ok(n) => bytes.extend_from_slice(&piece[..n]),
        }
    }
}

fn passed_on(host: &str, request: &str) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(host)?;
    let request = request.replacen("\r\n", "\r\nConnection: close\r\n", 1);
    let request = request.replace(SECRET_SEGMENT, "");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer)
}

/// A server that answers everything with this, and its URL. It ends with the test's process.
pub(crate) fn answering(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/scim/v2", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    url
}

/// A URL that nobody listens at.
pub(crate) fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}/scim/v2", listener.local_addr().unwrap())
}
