-- Addresses are kept as they are connected to: what takes a URL apart passes over these characters.
UPDATE webhook_endpoints SET url = regexp_replace(url, E'[\t\n\r]', '', 'g') WHERE url ~ E'[\t\n\r]';
