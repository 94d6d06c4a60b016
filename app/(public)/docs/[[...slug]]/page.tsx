import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DocArticle } from "@/components/docs/doc-article";
import { docComponents } from "@/components/docs/doc-components";
import { DOC_CONTENT, isWrittenSlug, type WrittenSlug } from "@/components/docs/doc-content";
import { docPath, requireDocPage } from "@/lib/docs/doc-pages";
import { getReader } from "@/lib/docs/get-reader";
import { settingTexts } from "@/lib/docs/setting-texts";

interface Props {
  params: Promise<{ slug?: string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const slug = await writtenSlug(params);
  const { title, summary } = requireDocPage(slug);
  return { title: slug === "" ? "Documentation" : `${title} · Docs`, description: summary, alternates: { canonical: docPath(slug) } };
}

export default async function DocsPage({ params }: Props) {
  const slug = await writtenSlug(params);
  const { default: Content, sections } = DOC_CONTENT[slug];
  return (
    <DocArticle slug={slug} sections={sections}>
      <Content components={docComponents({ reader: await getReader(), settings: settingTexts() })} />
    </DocArticle>
  );
}

async function writtenSlug(params: Props["params"]): Promise<WrittenSlug> {
  const slug = (await params).slug?.join("/") ?? "";
  return isWrittenSlug(slug) ? slug : notFound();
}
