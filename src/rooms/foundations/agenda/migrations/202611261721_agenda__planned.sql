-- What is planned and not yet noted is a small part of all interviews.
CREATE INDEX interviews_planned ON agenda.interviews (house_id, person_id, starts_on) WHERE status = 'planned';
