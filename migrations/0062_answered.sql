-- Answers are erased when they are older than the retention says; this finds them.

CREATE INDEX checkin_answer_answered ON checkin_answer (answered_at);
