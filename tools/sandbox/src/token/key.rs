//! The RSA key pair: made at the first start, kept beside the database.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use rsa::pkcs1::{DecodeRsaPrivateKey, EncodeRsaPrivateKey, EncodeRsaPublicKey, LineEnding};
use rsa::{RsaPrivateKey, RsaPublicKey};

/// The size RS256 asks for at least (RFC 7518, section 3.3).
const BITS: usize = 2048;

/// Both keys as PKCS#1 PEM.
pub(super) struct Pair {
    pub(super) private_pem: String,
    pub(super) public_pem: String,
}

pub(super) fn load_or_create(path: Option<&Path>) -> Result<Pair, String> {
    let Some(path) = path else {
        return pair(&make()?);
    };
    let failed =
        |what: &str, why: &dyn std::fmt::Display| format!("cannot {what} the key file {}: {why}", path.display());
    match fs::read_to_string(path) {
        Ok(text) => {
            let key = RsaPrivateKey::from_pkcs1_pem(&text).map_err(|error| failed("use", &error))?;
            pair(&key)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let pair = pair(&make()?)?;
            write(path, &pair.private_pem).map_err(|error| failed("write", &error))?;
            Ok(pair)
        }
        Err(error) => Err(failed("read", &error)),
    }
}

fn make() -> Result<RsaPrivateKey, String> {
    RsaPrivateKey::new(&mut rand::rngs::OsRng, BITS).map_err(|error| format!("cannot make a key: {error}"))
}

fn pair(key: &RsaPrivateKey) -> Result<Pair, String> {
    let private_pem = key.to_pkcs1_pem(LineEnding::LF).map_err(|error| error.to_string())?;
    let public_pem = RsaPublicKey::from(key).to_pkcs1_pem(LineEnding::LF).map_err(|error| error.to_string())?;
    Ok(Pair { private_pem: private_pem.to_string(), public_pem })
}

/// Under another name first: a start that is killed half way must not leave half a key behind.
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
