-- What the household of somebody who left gained, as contacts knew it first and last, is counted where it is read: no page goes
-- through the contacts of a year.
-- +goose Up
alter table terminations add column gain_decile text not null default 'unknown'; -- 2>5: first and last; 2: known once
alter table terminations add column gain_income text not null default 'unknown'; -- 2>5: first and last; 2: known once
alter table terminations add column gain_work text not null default 'unknown'; -- 2>5: first and last; 2: known once
update terminations set gain_decile = coalesce((select cast(k.dtsen_decile as text) from contacts k where k.case_id = terminations.case_id and k.dtsen_decile is not null order by k.due_on, k.id limit 1), 'unknown')
	|| case when (select count(*) from contacts k where k.case_id = terminations.case_id and k.dtsen_decile is not null) < 2 then ''
	else '>' || (select cast(k.dtsen_decile as text) from contacts k where k.case_id = terminations.case_id and k.dtsen_decile is not null order by k.due_on desc, k.id desc limit 1) end
	where course is not null and course <> '';
update terminations set gain_income = coalesce((select k.income_band from contacts k where k.case_id = terminations.case_id and k.income_band not in ('', 'unknown', 'not_applicable') order by k.due_on, k.id limit 1), 'unknown')
	|| case when (select count(*) from contacts k where k.case_id = terminations.case_id and k.income_band not in ('', 'unknown', 'not_applicable')) < 2 then ''
	else '>' || (select k.income_band from contacts k where k.case_id = terminations.case_id and k.income_band not in ('', 'unknown', 'not_applicable') order by k.due_on desc, k.id desc limit 1) end
	where course is not null and course <> '';
update terminations set gain_work = coalesce((select k.work from contacts k where k.case_id = terminations.case_id and k.work not in ('', 'unknown', 'not_applicable') order by k.due_on, k.id limit 1), 'unknown')
	|| case when (select count(*) from contacts k where k.case_id = terminations.case_id and k.work not in ('', 'unknown', 'not_applicable')) < 2 then ''
	else '>' || (select k.work from contacts k where k.case_id = terminations.case_id and k.work not in ('', 'unknown', 'not_applicable') order by k.due_on desc, k.id desc limit 1) end
	where course is not null and course <> '';
insert into tallies (measure, grain, centre_id, bucket, dim, n)
select f.measure, g.grain, f.centre_id, substr(f.day, 1, g.width), f.dim, count(*) from (
	select 'gain.decile' as measure, centre_id, on_day as day, gain_decile as dim from terminations where course is not null and course <> ''
	union all
	select 'gain.income' as measure, centre_id, on_day as day, gain_income as dim from terminations where course is not null and course <> ''
	union all
	select 'gain.work' as measure, centre_id, on_day as day, gain_work as dim from terminations where course is not null and course <> ''
	) f cross join (select 'd' as grain, 10 as width union all select 'm', 7 union all select 'y', 4 union all select 'a', 0) g
group by f.measure, g.grain, f.centre_id, substr(f.day, 1, g.width), f.dim;
