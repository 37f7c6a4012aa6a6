-- +goose Up
-- +goose StatementBegin
create trigger stays_bed_overlap_insert before insert on stays when new.state <> 'cancelled' and exists (
	select 1 from stays s where s.bed_id = new.bed_id and s.id <> new.id and s.state <> 'cancelled'
		and s.from_on < coalesce(new.to_on, '9999-12-31') and coalesce(s.to_on, '9999-12-31') > new.from_on)
begin select raise(abort, 'stays_bed_overlap'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger stays_bed_overlap_update before update on stays when new.state <> 'cancelled' and exists (
	select 1 from stays s where s.bed_id = new.bed_id and s.id <> new.id and s.state <> 'cancelled'
		and s.from_on < coalesce(new.to_on, '9999-12-31') and coalesce(s.to_on, '9999-12-31') > new.from_on)
begin select raise(abort, 'stays_bed_overlap'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger stays_person_overlap_insert before insert on stays when new.state <> 'cancelled' and exists (
	select 1 from stays s where s.person_id = new.person_id and s.id <> new.id and s.state <> 'cancelled'
		and s.from_on < coalesce(new.to_on, '9999-12-31') and coalesce(s.to_on, '9999-12-31') > new.from_on)
begin select raise(abort, 'stays_person_overlap'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger stays_person_overlap_update before update on stays when new.state <> 'cancelled' and exists (
	select 1 from stays s where s.person_id = new.person_id and s.id <> new.id and s.state <> 'cancelled'
		and s.from_on < coalesce(new.to_on, '9999-12-31') and coalesce(s.to_on, '9999-12-31') > new.from_on)
begin select raise(abort, 'stays_person_overlap'); end;
-- +goose StatementEnd
