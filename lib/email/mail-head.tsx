import { Head } from "react-email";
import { MAIL_SHEET } from "./mail-style";

/** The head of every email. It stops clients from linking numbers, and gives dark ones the sheet's colors. */
export function MailHead({ title }: { title: string }) {
  return (
    <Head>
      <title>{title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
      <style>{MAIL_SHEET}</style>
    </Head>
  );
}
