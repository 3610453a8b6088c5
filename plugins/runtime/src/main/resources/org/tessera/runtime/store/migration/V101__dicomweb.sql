-- What DICOMweb searches by (PS3.18 10.6), one row for each object as it came first; made from the
-- objects themselves, behind the table of instances.
create table web_instance (
  instance_id bigint primary key,
  study_uid varchar(64) not null,
  series_uid varchar(64) not null,
  sop_uid varchar(64) not null,
  sop_class varchar(64) not null,
  modality varchar(64) not null,
  patient_name varchar(256) not null,
  patient_id varchar(256) not null,
  issuer varchar(256) not null,
  study_date varchar(16) not null,
  study_time varchar(16) not null,
  accession varchar(256) not null,
  referring varchar(256) not null,
  study_id varchar(256) not null,
  study_description varchar(256) not null,
  series_number varchar(16) not null,
  series_description varchar(256) not null,
  instance_number varchar(16) not null,
  attributes text not null
);

create index web_instance_series on web_instance (study_uid, series_uid, sop_uid);
create index web_instance_sop on web_instance (sop_uid);
create index web_instance_date on web_instance (study_date);
create index web_instance_patient on web_instance (patient_id);
