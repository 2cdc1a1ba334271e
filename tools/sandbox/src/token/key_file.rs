//! The RSA private key, created at the first start and kept beside the database.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use rsa::RsaPrivateKey;
use rsa::pkcs1::{DecodeRsaPrivateKey, EncodeRsaPrivateKey, LineEnding};

/// The smallest size for RS256 (RFC 7518, section 3.3).
const BITS: usize = 2048;

/// The private key in the PEM file at `path`, which is created when it is missing. Without a path, a new key.
///
/// # Errors
/// A sentence when the file cannot be read or written, or holds no RSA private key.
pub(super) fn load_or_create(path: Option<&Path>) -> Result<RsaPrivateKey, String> {
    let Some(path) = path else {
        return generate();
    };
    let failed =
        |what: &str, why: &dyn std::fmt::Display| format!("cannot {what} the key file {}: {why}", path.display());
    match fs::read_to_string(path) {
        Ok(text) => RsaPrivateKey::from_pkcs1_pem(&text).map_err(|error| failed("use", &error)),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = generate()?;
            let pem = key.to_pkcs1_pem(LineEnding::LF).map_err(|error| failed("write", &error))?;
            write(path, &pem).map_err(|error| failed("write", &error))?;
            Ok(key)
        }
        Err(error) => Err(failed("read", &error)),
    }
}

fn generate() -> Result<RsaPrivateKey, String> {
    RsaPrivateKey::new(&mut rand::rngs::OsRng, BITS).map_err(|error| format!("cannot generate a key: {error}"))
}

/// Writes to another name first, so that a process killed half way leaves no incomplete key.
fn write(path: &Path, pem: &str) -> std::io::Result<()> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&partial)?;
    file.write_all(pem.as_bytes())?;
    file.sync_all()?;
    fs::rename(&partial, path)
}
