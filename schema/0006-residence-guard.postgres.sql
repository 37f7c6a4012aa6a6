-- +goose Up
create extension if not exists btree_gist;
-- +goose StatementBegin
create function day_range(a text, b text) returns int8range language sql immutable as
$$select int8range(replace(a, '-', '')::bigint, replace(b, '-', '')::bigint)$$;
-- +goose StatementEnd
alter table stays add constraint stays_bed_overlap
	exclude using gist (bed_id with =, day_range(from_on, to_on) with &&) where (state <> 'cancelled');
alter table stays add constraint stays_person_overlap
	exclude using gist (person_id with =, day_range(from_on, to_on) with &&) where (state <> 'cancelled');
