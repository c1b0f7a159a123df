-- +goose Up
-- What is really done with a place at check-in is said exactly; what was agreed
-- to before said another thing, and is asked for again.
INSERT INTO consent_texts (purpose, version, zh, en, from_at, material) VALUES
('check_in_location', 2,
 '我同意签到、签退之后，手机自己看一下位置，在手机里和活动地点比一比。位置不会离开手机；只有离活动地点一公里以上时，手机才告诉淇河一句“不在附近”，别的什么也不传。这句话不会让签到失败：队长确认时，“扫码核实”会写成“现场核实”，并请我说明一句，由妇联的人来看。这次签到有了结果，这句话就删掉；收回同意，当场删掉，请我说明的那一条除外。平时不定位，没有网络时也不传。不同意或者收回，照样签到，时长一样算。',
 'I agree that, after checking in or out, the phone looks where it is and compares that with the place of the activity by itself. The position never leaves the phone; only when it is more than a kilometre away from the place does it tell Qihe one word, “not nearby”, and nothing else. That word stops no check-in: when the leader confirms, “scanned” is written as “seen on site”, and I am asked for a sentence, which somebody of the federation looks at. The word is deleted as soon as that attendance is decided, and at once when I take the consent back, but for the question itself. I am not followed, and nothing is sent without network. If I do not agree or take it back, I can check in and my hours count all the same.',
 '2026-11-01 00:00:00+08', true);
