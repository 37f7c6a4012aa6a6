-- The ledger as it is read: whose data was seen, by whom. The views carry the scope (office/access/scope.go).
-- +goose Up
create index disclosures_at on disclosures (at, id);
create index disclosures_user on disclosures (user_id, at, id);
create index disclosures_via on disclosures (via, at, id);
create index disclosure_persons_disclosure on disclosure_persons (disclosure_id, person_id);

create view ledger as
	select d.id as id, d.at as at, d.user_id as user_id, coalesce(u.login, '') as login, coalesce(u.address, '') as address,
		d.user_name as user_name, d.act as act, d.via as via, d.purpose as purpose, d.n as n
	from disclosures d left join users u on u.id = d.user_id;

create view ledger_persons as select * from disclosure_persons;

-- How far a reader of one centre has to look back: moments alone, nobody's data.
create view ledger_moments as select d.id as id, d.at as at, d.user_id as user_id, d.via as via from disclosures d;
