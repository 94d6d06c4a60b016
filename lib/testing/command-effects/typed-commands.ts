const UNCLEAR =
  "psql;psql -d shop;psql postgres://localhost/shop;mysql -u root shop;sqlite3 app.db;redis-cli;mongosh;irb;lua;R;ghci;tclsh;ipython;python -i x.py;python3 -m pdb x.py;python manage.py shell;node -i;php -a;deno;deno repl;vim notes.txt;vi;ed a.txt;nano a;emacs;less a.log;more a.log;gdb ./a;lldb;screen;tmux;script;docker exec -it web bash;docker run -it alpine;rails console;su;at now;batch;echo 'exit' | irb;sudo vim notes.txt".split(
    ";",
  );
const CLEAR =
  "psql -c 'select 1';psql -l;mysql -e 'select 1' shop;sqlite3 app.db 'select 1';redis-cli get a;mongosh --eval 'db.a.find()';lua a.lua;R --version;python x.py;python -m pytest;python manage.py migrate;node a.js;deno test;gdb --batch ./a;docker exec web ls;docker ps;docker run alpine ls;rails db:migrate;rails test;git log;psql < schema.sql;redis-cli --version;irb --version".split(
    ";",
  );

/** Programs into which someone may type what to do, and the same with all that they do in their arguments. */
export const TYPED_COMMANDS: readonly (readonly [string, readonly string[]])[] = [
  ...UNCLEAR.map((command) => [command, ["unclear"]] as const),
  ...CLEAR.map((command) => [command, []] as const),
];
