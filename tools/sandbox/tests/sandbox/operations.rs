//! The five operations, as printed in the documentation and under every path.

use serde_json::{Value, json};

use crate::harness::{NOW, Sandbox, new_run};

#[tokio::test]
async fn create_answers_as_printed_in_the_documentation() {
    let sandbox = Sandbox::start().await;
    let answer = sandbox.post("/beta/jobs/runs", new_run()).await;
    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let id = answer.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(
        answer.text,
        format!(
            concat!(
                r#"{{"status":"scheduled","job_id":"12345678","name":"Pizza Campaign","#,
                r#""start_at":"2030-06-15T12:00:00.000Z","end_at":"2030-06-15T13:00:00.800Z","id":"{id}","#,
                r#""created_at":"2030-06-15T12:00:00.000Z","updated_at":"2030-06-15T12:00:00.000Z"}}"#
            ),
            id = id
        )
    );
    assert_eq!(sandbox.get(&format!("/beta/runs/{id}")).await.text, answer.text);
}

#[tokio::test]
async fn snake_case_and_offsets_are_accepted_and_unknown_fields_ignored() {
    let sandbox = Sandbox::start().await;
    let body = json!({
        "job_id": "a", "name": "b", "start_at": "2030-06-15T14:00:00.5+02:00", "end_at": "2030-06-16T00:00:00Z", "more": 1,
    });
    let run = sandbox.post("/beta/jobs/runs", body).await.json();
    assert_eq!(run["start_at"], "2030-06-15T12:00:00.500Z");
    assert_eq!(run["end_at"], "2030-06-16T00:00:00.000Z");
}

#[tokio::test]
async fn a_start_in_the_past_is_accepted_and_scheduled_at_first() {
    let sandbox = Sandbox::start().await;
    let mut body = new_run();
    body["startAt"] = json!("2022-05-02T17:23:14.000Z");
    let answer = sandbox.post("/beta/jobs/runs", body).await;
    assert_eq!((answer.status.as_u16(), answer.json()["status"].clone()), (201, json!("scheduled")));
    sandbox.advance(2).await;
    let id = answer.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(sandbox.get(&format!("/beta/runs/{id}")).await.json()["status"], "running");
}

#[tokio::test]
async fn every_operation_accepts_both_prefixes_with_and_without_a_slash() {
    let sandbox = Sandbox::start().await;
    let mut created = 0;
    for prefix in ["/beta/runs", "/beta/jobs/runs"] {
        for slash in ["", "/"] {
            let answer = sandbox.post(&format!("{prefix}{slash}"), new_run()).await;
            assert_eq!(answer.status, 201, "{prefix}{slash}");
            created += 1;
            let run = answer.json();
            let run = format!("{prefix}/{}", run["id"].as_str().unwrap());
            assert_eq!(sandbox.get(&format!("{prefix}{slash}")).await.json()["total_items"], created);
            assert_eq!(sandbox.get(&format!("{run}{slash}")).await.status, 200);
            assert_eq!(sandbox.get(&format!("{run}/summary{slash}")).await.status, 200);
            assert_eq!(sandbox.post(&format!("{run}/stop{slash}"), json!({})).await.status, 200);
        }
    }
}

#[tokio::test]
async fn stop_answers_the_stopped_run_and_a_second_stop_conflicts() {
    let sandbox = Sandbox::start().await;
    let run = sandbox.create().await;
    let path = format!("/beta/runs/{}", run["id"].as_str().unwrap());
    sandbox.advance(600).await;
    let before = sandbox.get(&format!("{path}/summary")).await.json();
    let stopped = sandbox.post(&format!("{path}/stop"), json!({})).await;
    assert_eq!(stopped.status, 200);
    assert_eq!(stopped.json()["status"], "stopped");
    assert_eq!(stopped.json()["updated_at"], "2030-06-15T12:10:00.000Z");

    sandbox.advance(600).await;
    sandbox.post(&format!("{path}/stop"), json!({})).await.problem(409);
    assert_eq!(sandbox.get(&path).await.text, stopped.text);
    assert_eq!(sandbox.get(&format!("{path}/summary")).await.json(), before, "counts do not change after a stop");
}

#[tokio::test]
async fn stop_needs_no_body_and_conflicts_after_the_end() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.create().await["id"].as_str().unwrap().to_owned();
    let other = sandbox.create().await["id"].as_str().unwrap().to_owned();
    let stop = sandbox.request(reqwest::Method::POST, &format!("/beta/runs/{id}/stop"));
    assert_eq!(crate::harness::send(stop).await.status, 200);
    sandbox.advance(3601).await;
    let problem = sandbox.post(&format!("/beta/runs/{other}/stop"), json!({})).await.problem(409);
    assert!(problem["detail"].as_str().unwrap().ends_with("already completed"), "{problem}");
}

#[tokio::test]
async fn summary_counts_grow_and_its_shape_stays() {
    let sandbox = Sandbox::start().await;
    let run = sandbox.create().await;
    let id = run["id"].as_str().unwrap();
    let path = format!("/beta/jobs/runs/{id}/summary");

    let early = sandbox.get(&path).await.json();
    assert_eq!((&early["_embedded"], &early["total_items"]), (&json!({}), &json!(0)));

    sandbox.advance(1800).await;
    let answer = sandbox.get(&path).await;
    let half = answer.json();
    let keys = ["total_items", "page", "page_size", "_embedded", "total_pages", "_links"];
    let positions: Vec<_> = keys.iter().map(|key| answer.text.find(&format!("\"{key}\":")).unwrap()).collect();
    assert!(positions.is_sorted(), "{}", answer.text);
    assert_eq!(half["total_items"], 2);
    assert_eq!((&half["page"], &half["page_size"], &half["total_pages"]), (&json!(1), &json!(100), &json!(1)));
    for block in ["recipient_response", "action_delivery_status"] {
        assert_eq!(half["_embedded"][block]["job_run_id"], id);
        assert!(half["_embedded"][block]["recipients_count"].as_u64().unwrap() > 0);
    }
    let href = sandbox.url(&format!("/runs/{id}/summary?page_size=100&page=1"));
    assert_eq!(
        half["_links"],
        json!({"self": {"href": href}, "prev": {"href": href}, "next": {"href": href}, "first": {"href": href}})
    );

    sandbox.advance(1801).await;
    let end = sandbox.get(&path).await.json();
    let responders = |summary: &Value| summary["_embedded"]["recipient_response"]["recipients_count"].as_u64().unwrap();
    assert!(responders(&end) > responders(&half));
    sandbox.advance(86_400 / 100).await;
    assert_eq!(sandbox.get(&path).await.json(), end);
}

#[tokio::test]
async fn list_answers_a_hal_page() {
    let sandbox = Sandbox::start().await;
    let empty = sandbox.get("/beta/runs/").await.json();
    assert_eq!(
        (&empty["total_items"], &empty["total_pages"], &empty["_embedded"]),
        (&json!(0), &json!(0), &json!({"runs": []}))
    );

    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(sandbox.create().await["id"].clone());
        sandbox.advance(1).await;
    }
    let listed = |page: &Value| -> Vec<Value> {
        page["_embedded"]["runs"].as_array().unwrap().iter().map(|run| run["id"].clone()).collect()
    };
    let first = sandbox.get("/beta/runs/").await.json();
    assert_eq!((&first["page"], &first["page_size"], &first["total_pages"]), (&json!(1), &json!(100), &json!(1)));
    assert_eq!(listed(&first), ids);
    assert!(first["_links"].get("next").is_none() && first["_links"].get("prev").is_none());

    let second = sandbox.get("/beta/runs/?page=2&page_size=2&order=desc&unknown=1").await.json();
    assert_eq!(listed(&second), [ids[2].clone(), ids[1].clone()]);
    assert_eq!((&second["page"], &second["page_size"], &second["total_pages"]), (&json!(2), &json!(2), &json!(3)));
    let href = |page| json!({"href": sandbox.url(&format!("/beta/runs/?page_size=2&page={page}&order=desc"))});
    assert_eq!(second["_links"], json!({"self": href(2), "prev": href(1), "next": href(3), "first": href(1)}));

    let beyond = sandbox.get("/beta/runs/?page=9").await;
    assert_eq!((beyond.status.as_u16(), listed(&beyond.json())), (200, Vec::new()));
    assert_eq!(first["_embedded"]["runs"][0]["created_at"], NOW);
}

#[tokio::test]
async fn runs_created_in_one_millisecond_keep_their_order_in_both_directions() {
    let sandbox = Sandbox::start().await;
    let mut ids = Vec::new();
    for _ in 0..4 {
        ids.push(sandbox.create().await["id"].clone());
    }
    let mut seen = Vec::new();
    for page in 1..=4 {
        let page = sandbox.get(&format!("/beta/runs/?page_size=1&page={page}")).await.json();
        seen.push(page["_embedded"]["runs"][0]["id"].clone());
    }
    assert_eq!(seen, ids);
    let page = sandbox.get("/beta/runs/?page_size=1&page=1&order=desc").await.json();
    assert_eq!(page["_embedded"]["runs"][0]["id"], ids[3]);
}
