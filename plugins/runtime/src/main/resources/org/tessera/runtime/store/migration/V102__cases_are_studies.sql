-- Every case is a study; what is asked for over FHIR has jobs of its own (analysis_job).
drop index work_case_subject;
alter table work_case drop column kind;
create unique index work_case_study on work_case (subject);
