//! Whether a port is free, asked before the long build and not after it.

use std::net::{Ipv4Addr, TcpListener};

use crate::failure::{Failure, Outcome};

/// Fails when something listens on the port already. `flag` is how the person chooses another, if there is a way.
pub(crate) fn free(port: u16, flag: Option<&str>) -> Outcome {
    let remedy = match flag {
        Some(flag) => format!("Stop what listens there, or choose another with {flag}"),
        None => "Stop what listens there".to_owned(),
    };
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            Err(Failure::new(format!("port {port} is in use")).remedy(remedy))
        }
        Err(error) => Err(Failure::new(format!("port {port} cannot be used: {error}")).remedy(remedy)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_the_flag_that_avoids_it() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let words = free(port, Some("--port")).unwrap_err().to_string();
        assert_eq!(words, format!("port {port} is in use. Stop what listens there, or choose another with --port"));
        drop(taken);
        assert_eq!(free(port, None), Ok(()));
    }
}
