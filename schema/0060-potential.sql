-- What the community can give: who (PSKS), what they offer, what institutions ask for, what was promised and what became of
-- it; letters of people without an account; and what residents can do or make. What the public sees are views.
-- +goose Up
create table potentials (
	id bigint primary key,
	version bigint not null,
	kind text not null, -- of law/psks
	name text not null,
	region text not null, -- of law/regions
	place text not null,
	lat text not null, -- '' when not pointed at
	lng text not null,
	contact_name text not null,
	phone text not null,
	email text not null,
	skills text not null,
	goods text not null,
	days text not null, -- '2,4': Monday is 1; '' is not known
	from_time text not null, -- '08.00'; '' is not known
	to_time text not null,
	capacity bigint not null, -- people at once; 0 is not known
	clearance text not null, -- of law/potential; '' has none
	clearance_no text not null,
	clearance_by text not null,
	clearance_until text,
	supervisor text not null,
	state text not null, -- active, retired
	user_id bigint,
	user_name text not null,
	made_on text not null,
	changed_on text not null,
	reminded_on text -- of a clearance that ends
);
create index potentials_state on potentials (state, kind, id);
create index potentials_region on potentials (region, state, id);
create index potentials_clearance on potentials (clearance_until) where state = 'active' and clearance_until is not null;

create table potential_words ( -- of name, skills and goods, in plain letters
	id bigint primary key,
	potential_id bigint not null references potentials (id),
	word text not null,
	unique (word, potential_id)
);
create index potential_words_potential on potential_words (potential_id);

create table potential_offers (
	id bigint primary key,
	version bigint not null,
	potential_id bigint not null references potentials (id),
	kind text not null, -- skill, place, goods, job, time
	what text not null,
	quantity bigint not null,
	unit text not null,
	promised bigint not null, -- of the quantity; what was withdrawn or refused is not in it
	from_on text not null,
	until_on text not null, -- the last day
	reach text not null, -- district, near, province, chosen
	note text not null,
	state text not null, -- open, closed, expired
	user_id bigint,
	user_name text not null,
	made_on text not null,
	reminded_on text,
	check (promised >= 0 and promised <= quantity)
);
create index potential_offers_potential on potential_offers (potential_id, id);
create index potential_offers_state on potential_offers (state, kind, id);
create index potential_offers_until on potential_offers (until_on) where state = 'open';

create table offer_places ( -- the districts that an offer can serve
	id bigint primary key,
	offer_id bigint not null references potential_offers (id),
	region text not null,
	kind text not null, -- of the offer
	unique (region, kind, offer_id)
);
create index offer_places_offer on offer_places (offer_id);

create table help_requests (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null references centres (id),
	kind text not null, -- skill, place, goods, job, time
	what text not null,
	details text not null, -- read by everybody where the request is public: nobody is named in it
	quantity bigint not null,
	unit text not null,
	promised bigint not null,
	received bigint not null, -- delivered and not sent back
	needed_on text not null,
	ends_on text not null, -- the last day on which it stands
	days text not null,
	from_time text not null,
	to_time text not null,
	children boolean not null, -- whoever helps meets children
	public boolean not null,
	need_id bigint references institution_needs (id),
	case_id bigint references cases (id),
	goal_id bigint references goals (id),
	state text not null, -- open, closed, expired
	closed_why text not null,
	user_id bigint,
	user_name text not null,
	made_on text not null,
	reminded_on text,
	check (promised >= 0 and promised <= quantity),
	check (received >= 0 and received <= promised)
);
create index help_requests_centre on help_requests (centre_id, state, id);
create index help_requests_state on help_requests (state, kind, id);
create index help_requests_ends on help_requests (ends_on) where state = 'open';
create index help_requests_case on help_requests (case_id) where case_id is not null;
create index help_requests_need on help_requests (need_id) where need_id is not null;

-- What everybody may read of requests: never one that comes from the plan of a person, and nothing that is met. When a request
-- ends is a column, for the statement knows what day it is.
create view open_requests as
select r.id as id, r.centre_id as centre_id, r.kind as kind, r.what as what, r.details as details, r.quantity as quantity, r.quantity - r.promised as remaining, r.unit as unit,
	r.needed_on as needed_on, r.ends_on as ends_on, r.children as children, r.made_on as made_on
from help_requests r where r.public and r.case_id is null and r.goal_id is null and r.state = 'open' and r.promised < r.quantity;

create table help_promises (
	id bigint primary key,
	version bigint not null,
	request_id bigint not null references help_requests (id),
	offer_id bigint not null references potential_offers (id),
	potential_id bigint not null references potentials (id),
	centre_id bigint not null, -- of the request
	quantity bigint not null,
	due_on text not null,
	supervisor text not null, -- who is beside them where children are met
	note text not null,
	state text not null, -- promised, delivered, used, thanked, refused, withdrawn
	kept text not null, -- awaited, kept, late, taken_back; none: sent back by us, so nobody's promise was broken
	promised_on text not null,
	delivered_on text,
	delivered bigint not null,
	used bigint not null, -- the counted result
	result text not null,
	thanks text not null,
	why text not null,
	ended_on text,
	user_id bigint,
	user_name text not null,
	reminded_on text
);
create index help_promises_centre on help_promises (centre_id, state, id);
create index help_promises_request on help_promises (request_id, id);
create index help_promises_offer on help_promises (offer_id, id);
create index help_promises_state on help_promises (state, id);
create index help_promises_due on help_promises (due_on) where state = 'promised';

create table promise_steps (
	id bigint primary key,
	promise_id bigint not null references help_promises (id),
	centre_id bigint not null,
	at bigint not null,
	state text not null,
	note text not null,
	user_name text not null
);
create index promise_steps_promise on promise_steps (promise_id, id);

create table promise_photos ( -- evidence, drawn anew: nothing of the camera's notes is left
	id bigint primary key,
	promise_id bigint not null references help_promises (id),
	centre_id bigint not null,
	at bigint not null,
	type text not null,
	size bigint not null,
	bytes bytea not null
);
create index promise_photos_promise on promise_photos (promise_id, id);

create table help_letters ( -- what somebody without an account offers; nobody but staff reads it
	id bigint primary key,
	version bigint not null,
	token text not null unique, -- of the form: sent twice it is one letter
	request_id bigint references help_requests (id),
	centre_id bigint references centres (id), -- of the request; none: the province reads it
	name text not null,
	phone text not null,
	email text not null,
	region text not null,
	kind text not null,
	what text not null,
	quantity bigint not null,
	unit text not null,
	times text not null, -- when, in their words
	state text not null, -- incoming, accepted, declined
	received_at bigint not null,
	received_on text not null,
	decided_on text,
	why text not null,
	offer_id bigint references potential_offers (id),
	user_name text not null,
	forget_on text -- the day on which name and contact of a declined letter are erased; null: they are kept, or gone already
);
create index help_letters_state on help_letters (state, id);
create index help_letters_centre on help_letters (centre_id, state, id);
create index help_letters_forget on help_letters (forget_on) where forget_on is not null;

create table resident_works ( -- what somebody in care can do or makes, offered with consent
	id bigint primary key,
	version bigint not null,
	person_id bigint not null references persons (id),
	centre_id bigint not null references centres (id),
	consent_id bigint not null references consents (id),
	kind text not null, -- skill, product
	title text not null,
	text text not null,
	price text not null, -- in words
	contact text not null, -- of the institution
	until_on text not null,
	state text not null, -- shown, ended
	ended_on text,
	why text not null,
	user_name text not null,
	made_on text not null
);
create index resident_works_state on resident_works (state, id);
create index resident_works_centre on resident_works (centre_id, state, id);
create index resident_works_person on resident_works (person_id, id);
create index resident_works_consent on resident_works (consent_id);

-- What everybody may read of them: never who it is. A consent that was withdrawn takes it out at once; when work and consent end
-- are columns, for the statement knows what day it is.
create view works_list as
select w.id as id, w.centre_id as centre_id, w.kind as kind, w.title as title, w.text as text, w.price as price, w.contact as contact, w.until_on as until_on,
	c.given_on as given_on, coalesce(c.expires_on, '9999-12-31') as consent_until
from resident_works w join consents c on c.id = w.consent_id and c.person_id = w.person_id join persons p on p.id = w.person_id
where w.state = 'shown' and c.purpose = 'work' and c.withdrawn_on is null and not p.restricted and p.deceased_on is null;
