// The bodies that the API's public document prints, to the letter.

export const RUN_ID = "0e54831a-5187-4701-afa4-aae01a2bdff6";

/** The moment at which the printed run was created. */
export const CREATED = new Date("2022-05-03T10:51:03.993Z");

export const RUN = {
  status: "scheduled",
  job_id: "231667a5-8696-45cb-aa1d-b9f46d3e13f8",
  name: "Pizza Campaign",
  start_at: "2022-05-02T17:23:14.000Z",
  end_at: "2022-05-03T11:51:03.800Z",
  id: RUN_ID,
  created_at: "2022-05-03T10:51:03.993Z",
  updated_at: "2022-05-03T10:51:03.993Z",
};

const LINK = {
  href: `https://api-eu.dev.v1.vonagenetworks.net/runs/${RUN_ID}/summary?page_size=100&page=1`,
};

export const SUMMARY = {
  total_items: 2,
  page: 1,
  page_size: 100,
  _embedded: {
    recipient_response: { recipients_count: 11, job_run_id: RUN_ID },
    action_delivery_status: {
      recipients_count: 16,
      status_succeeded_count: 9,
      status_failed_count: 2,
      status_info_count: 18,
      job_run_id: RUN_ID,
    },
  },
  total_pages: 1,
  _links: { self: LINK, prev: LINK, next: LINK, first: LINK },
};
