-- Guesses of links are throttled on every plan; how many links may be opened is no limit of an owner's any more.
UPDATE users SET limit_overrides = limit_overrides - 'linkAttemptsPerMinute' WHERE limit_overrides ? 'linkAttemptsPerMinute';
DELETE FROM usage_counters WHERE scope = 'link_attempts_per_minute';
