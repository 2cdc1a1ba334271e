//! The host files in `hosting/`, which are shipped with the console.

use std::path::Path;

use crate::files::{dist, get, serving};

#[tokio::test]
async fn the_shipped_host_files_have_the_same_headers() {
    let folder = dist();
    let sandbox = serving(folder.path()).await;
    let answer = get(&sandbox, "/", &[]).await;
    let hosting = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../hosting");
    for name in [
        "nginx/runboard.conf",
        "caddy/Caddyfile",
        "apache/runboard.conf",
        "netlify/_headers",
        "cloudflare-pages/_headers",
        "s3-cloudfront/template.json",
    ] {
        let text = std::fs::read_to_string(hosting.join(name)).unwrap();
        // Some hosts have variables for the two sources that a site edits.
        let text =
            ["$runboard_connect_src", "${ConnectSrc}"].iter().fold(text, |text, word| text.replace(word, "'self'"));
        let ancestors = ["$runboard_frame_ancestors", "${FrameAncestors}"];
        let text = ancestors.iter().fold(text, |text, word| text.replace(word, "'none'"));
        for header in ["content-security-policy", "permissions-policy", "referrer-policy", "x-content-type-options"] {
            let value = answer.header(header).unwrap();
            // CloudFront has a setting without a value for this one.
            let found = text.contains(value) || (value == "nosniff" && text.contains("\"ContentTypeOptions\""));
            assert!(found, "{header} in hosting/{name}");
        }
        for source in ["frame-ancestors", "connect-src"] {
            let is_marked = text.lines().any(|line| line.contains("EDIT") && line.contains(source));
            assert!(is_marked, "EDIT {source} in hosting/{name}");
        }
    }
}
