-- What people report to the office, the way of each report, and what they typed and did not send yet.
-- +goose Up
create table reports (
	id bigint primary key,
	version bigint not null,
	number text not null unique, -- JTM-7K4-9QX
	code_hash text not null, -- of the secret code; the code itself is kept nowhere
	state text not null, -- received, verified, dispatched, visited, closed, merged
	live bigint not null, -- 1 while somebody must act, else 0
	category text not null, -- of law/participation
	sealed boolean not null, -- abuse in an institution: the scope map shows it to nobody of any institution
	open boolean not null, -- its category is about no person: everybody may read of it at Open311
	danger text not null, -- yes, no, unknown
	description text not null,
	region text not null, -- of law/regions
	place text not null,
	lat text not null, -- '' unless the reporter pressed the button
	lng text not null,
	seen text not null,
	about_centre bigint references centres (id), -- the institution complained of
	contact text not null, -- anonymous, confidential, open
	contact_name text not null,
	contact_phone text not null,
	source text not null, -- form, open311, sp4n
	received_at bigint not null,
	received_on text not null,
	answer_due_on text not null, -- the first answer is promised until then
	answered_on text, -- the day of the first decision
	due_on text, -- the next promise; null when nothing is promised any more
	reminded_on text,
	closed_on text,
	outcome text not null,
	satisfied text not null, -- yes, no: what the reporter said; ''
	reopened bigint not null, -- times
	centre_id bigint references centres (id), -- the institution that it was handed to
	agency_id bigint references agencies (id), -- the agency that it was handed to
	case_id bigint references cases (id), -- the case that it began
	merged_into bigint references reports (id), -- the report that goes on with it
	words text not null, -- the place in plain letters, for finding reports of the same
	sp4n text not null, -- its number in SP4N-LAPOR; ''
	sp4n_state text not null
);
create index reports_live on reports (live, id);
create index reports_centre on reports (centre_id, live, id);
create index reports_region on reports (region, received_on);
create index reports_day on reports (received_on, id);
create index reports_case on reports (case_id) where case_id is not null;
create index reports_merged on reports (merged_into) where merged_into is not null;
create index reports_sp4n on reports (sp4n) where sp4n <> '';

create index reports_open on reports (id) where open;

create table report_steps ( -- what happened, and what was written both ways
	id bigint primary key,
	report_id bigint not null references reports (id),
	at bigint not null,
	kind text not null, -- a state, or message, note, case, reopened, solved, photo
	sender text not null, -- reporter, staff, house
	user_name text not null, -- shown to staff alone
	body text not null,
	shown boolean not null -- to the reporter
);
create index report_steps_report on report_steps (report_id, id);

-- What everybody may read of reports: never who reported, and of what was written nothing before staff found it real.
create view open_reports as
select r.id as id, r.number as number, r.category as category, r.state as state, r.outcome as outcome, r.region as region, r.received_at as received_at, r.due_on as due_on,
	case when r.live = 1 then 'open' else 'closed' end as status,
	case when r.state in ('verified', 'dispatched', 'visited') or r.state = 'closed' and r.outcome not in ('', 'false', 'known', 'passed') then 1 else 0 end as judged,
	case when r.state in ('verified', 'dispatched', 'visited') or r.state = 'closed' and r.outcome not in ('', 'false', 'known', 'passed') then r.description else '' end as description,
	case when r.state in ('verified', 'dispatched', 'visited') or r.state = 'closed' and r.outcome not in ('', 'false', 'known', 'passed') then r.place else '' end as place,
	case when r.state in ('verified', 'dispatched', 'visited') or r.state = 'closed' and r.outcome not in ('', 'false', 'known', 'passed') then r.lat else '' end as lat,
	case when r.state in ('verified', 'dispatched', 'visited') or r.state = 'closed' and r.outcome not in ('', 'false', 'known', 'passed') then r.lng else '' end as lng,
	coalesce((select max(s.at) from report_steps s where s.report_id = r.id and s.shown), r.received_at) as changed_at
from reports r where r.open and not r.sealed;

create table report_photos ( -- drawn anew: nothing of the camera's notes is left
	id bigint primary key,
	report_id bigint not null references reports (id),
	at bigint not null,
	type text not null,
	size bigint not null,
	bytes bytea not null
);
create index report_photos_report on report_photos (report_id, id);

create table report_drafts ( -- five short pages of somebody without an account; gone after a day
	hash text primary key, -- of the secret that the browser holds
	report_id bigint not null, -- 0 until it was sent
	made_at bigint not null,
	sent_at bigint not null,
	expires_at bigint not null,
	fields text not null,
	photo bytea,
	photo_type text not null
);
create index report_drafts_end on report_drafts (expires_at);

create table report_keys ( -- a key for each day, by which forms are signed and addresses made unreadable
	day text primary key,
	secret text not null
);

create table report_tries ( -- how often one address sent or asked within an hour: its keyed hash, never itself
	hash text not null,
	hour bigint not null,
	n bigint not null,
	primary key (hash, hour)
);
create index report_tries_hour on report_tries (hour);
