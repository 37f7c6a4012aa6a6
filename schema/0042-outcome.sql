-- What the figures of work and outcome stand on: whether a stage ended in time, what became of who left, whether papers were
-- there and came, who waits for a place, and how referrals were answered. Nothing stands in a new column until the program
-- has counted the row; the partial indexes are the way to those that are left.
-- +goose Up
alter table case_stages add column timely text; -- assessment:in_time, assessment:late, planning:…; '' is not measured
create index case_stages_timely on case_stages (timely, id) where timely is not null and timely <> '';
create index case_stages_untimed on case_stages (id) where timely is null and left_on is not null and stage in ('assessment', 'planning');

alter table terminations add column back_on text; -- the person came back to care, as far as it counts as a return
alter table terminations add column course text; -- 12:held, 03:ended: months and what is known; '' was never in the cohort
alter table terminations add column rise text; -- rise, same, fall, unmeasured
alter table terminations add column decile text; -- up, same, down, unknown
create index terminations_course on terminations (course, case_id) where course is not null and course <> '';
create index terminations_rise on terminations (rise, case_id) where rise is not null and rise <> '';
create index terminations_back on terminations (back_on, case_id) where back_on is not null;
create index terminations_unfollowed on terminations (case_id) where course is null;

alter table cases add column papers text; -- had, none
alter table cases add column papers_on text; -- a NIK came during the case
alter table cases add column queued_on text; -- waits for a place since
alter table cases add column placed_on text; -- and until
create index cases_papers on cases (papers, id) where papers is not null;
create index cases_unread on cases (id) where papers is null;
create index cases_issued on cases (papers_on, id) where papers_on is not null;
create index cases_queued on cases (queued_on, id) where queued_on is not null;
create index cases_queue on cases (centre_id, queued_on) where queued_on is not null and placed_on is null;
create index cases_former on cases (former_id, opened_on) where return_days is not null;

alter table referrals add column answered text; -- pending, in_time, late, void
alter table referrals add column ended text; -- pending, met, partly, not_met, left, refused, void
create index referrals_answered on referrals (answered, id) where answered is not null;
create index referrals_ended on referrals (ended, id) where ended is not null;
create index referrals_uncounted on referrals (id) where answered is null and sent_on is not null;

update terminations set back_on = (select min(c.opened_on) from cases c where c.former_id = terminations.case_id and c.return_days is not null)
	where case_id in (select c.former_id from cases c where c.return_days is not null);

-- Cases stand under the worker who carries them, residents under their ward. The rows take the ids of what they count, turned
-- negative: the ids themselves may still stand there since 0025.
insert into deltas (id, measure, centre_id, day, dim, n)
	select -c.id, 'case.worker', c.centre_id, c.opened_on, coalesce(cast(c.worker_id as text), 'nobody'), 1 from cases c;
insert into deltas (id, measure, centre_id, day, dim, n)
	select -g.id, 'case.worker', c.centre_id, c.closed_on, coalesce(cast(c.worker_id as text), 'nobody'), -1
	from cases c join case_stages g on g.case_id = c.id and g.stage = 'closed' where c.closed_on is not null;
insert into deltas (id, measure, centre_id, day, dim, n)
	select s.id, 'stay.ward', s.centre_id, s.from_on, cast(r.ward_id as text), 1
	from stays s join beds b on b.id = s.bed_id join rooms r on r.id = b.room_id where s.state in ('open', 'ended');
insert into deltas (id, measure, centre_id, day, dim, n)
	select -s.id, 'stay.ward', s.centre_id, s.to_on, cast(r.ward_id as text), -1
	from stays s join beds b on b.id = s.bed_id join rooms r on r.id = b.room_id where s.state = 'ended';
