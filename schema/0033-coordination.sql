-- Agencies, what they offer, referrals with every step, evidence of what could not be met, the inbox of agencies
-- without an account, and mails that left. Lists of districts and kinds are words apart by a space; '' is all.
-- +goose Up
create table agencies (
	id bigint primary key,
	version bigint not null,
	kind text not null,
	name text not null,
	email text not null,
	phone text not null,
	contact text not null,
	centre_id bigint,
	districts text not null,
	note text not null,
	retired_on text,
	retired_why text not null
);
create index agencies_name on agencies (name);
create index agencies_centre on agencies (centre_id);

create table agency_services (
	id bigint primary key,
	version bigint not null,
	agency_id bigint not null references agencies (id),
	category text not null,
	name text not null,
	kinds text not null,
	age_from bigint,
	age_to bigint,
	sex text not null,
	place text not null,
	districts text not null,
	capacity bigint,
	assured_on text,
	assured_by text not null,
	retired_on text
);
create index agency_services_agency on agency_services (agency_id, id);
create index agency_services_category on agency_services (category, id);

-- How long an agency took to answer: of nobody in particular.
create table agency_answers (
	id bigint primary key,
	agency_id bigint not null references agencies (id),
	on_day text not null,
	hours bigint not null,
	answer text not null
);
create index agency_answers_day on agency_answers (on_day, agency_id);
create index agency_answers_agency on agency_answers (agency_id, id);

create table referrals (
	id bigint primary key,
	version bigint not null,
	case_id bigint not null references cases (id) on delete cascade,
	centre_id bigint not null,
	person_id bigint not null,
	to_centre bigint,
	agency_id bigint not null references agencies (id),
	service_id bigint not null,
	category text not null,
	ppks_type text not null,
	region text not null,
	need text not null,
	basis text not null,
	basis_note text not null,
	consent_id bigint,
	assessment_id bigint,
	fields text not null,
	frozen text not null,
	state text not null,
	due_on text not null,
	made_on text not null,
	sent_on text,
	sent_at bigint not null,
	answered_at bigint not null,
	started_on text,
	started_proof text not null,
	finished_on text,
	result text not null,
	reason text not null,
	note text not null,
	steps bigint not null,
	attachment_id bigint,
	former_id bigint,
	user_id bigint,
	user_name text not null,
	site text not null
);
create index referrals_case on referrals (case_id, id);
create index referrals_from on referrals (centre_id, state, id);
create index referrals_to on referrals (to_centre, state, id);
create index referrals_agency on referrals (agency_id, state, id);
create index referrals_due on referrals (due_on, id) where state in ('sent', 'received', 'needs_information');
create index referrals_person on referrals (person_id);

create table referral_events (
	id bigint primary key,
	referral_id bigint not null references referrals (id) on delete cascade,
	centre_id bigint not null,
	person_id bigint not null,
	to_centre bigint,
	at bigint not null,
	state text not null,
	via text not null,
	by_name text not null,
	note text not null
);
create index referral_events_of on referral_events (referral_id, id);
create index referral_events_person on referral_events (person_id);

-- Evidence for the needs map: nothing fitted, everything was full, or the agency refused.
create table unmet_needs (
	id bigint primary key,
	centre_id bigint not null,
	on_day text not null,
	category text not null,
	ppks_type text not null,
	region text not null,
	why text not null,
	reason text not null,
	agency_id bigint,
	service_id bigint,
	referral_id bigint,
	case_id bigint
);
create index unmet_needs_centre on unmet_needs (centre_id, on_day, id);
create index unmet_needs_case on unmet_needs (case_id, category, on_day);

create table agency_links (
	id bigint primary key,
	agency_id bigint not null references agencies (id),
	hash text not null,
	made_at bigint not null,
	made_by text not null,
	expires_at bigint not null,
	replaced_at bigint not null,
	revoked_at bigint not null,
	used_at bigint not null
);
create unique index agency_links_hash on agency_links (hash);
create index agency_links_agency on agency_links (agency_id, id);

create table agency_codes (
	id bigint primary key,
	link_id bigint not null references agency_links (id),
	agency_id bigint not null,
	hash text not null,
	at bigint not null,
	expires_at bigint not null,
	tries bigint not null,
	used_at bigint not null
);
create index agency_codes_link on agency_codes (link_id, id);
create index agency_codes_agency on agency_codes (agency_id, at);

create table agency_devices (
	id bigint primary key,
	link_id bigint not null references agency_links (id),
	hash text not null,
	at bigint not null,
	expires_at bigint not null
);
create unique index agency_devices_hash on agency_devices (hash);
create index agency_devices_link on agency_devices (link_id);

-- Letters by e-mail. The body is kept in the demo alone: elsewhere it holds links and codes.
create table mails (
	id bigint primary key,
	at bigint not null,
	recipient text not null,
	subject text not null,
	body text not null,
	sent_at bigint not null
);
create index mails_at on mails (at);
