-- A revision may also be what a person did with the result: signed or withdrawn, by whom and why.
alter table work_revision add column note varchar(1000) default '' not null;
