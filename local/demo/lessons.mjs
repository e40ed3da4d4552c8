// What a learner sees in the lessons: pages, text and media.
import { sha256 } from "./archive.mjs";
import { LESSON } from "./documents.mjs";
import { holds, same, tell } from "./story.mjs";

const PLACEHOLDER = /aula-asset:([0-9a-f-]{36})/g;
const WHOLE_FILES = 5;

/** Reads every lesson; text must be there and its media must have addresses. */
export async function readLessons(learner, lessons) {
  let pages = 0;
  let blocks = 0;
  const assets = new Set();
  for (const [index, { id, title }] of lessons.entries()) {
    tell(`lesson ${index + 1} of ${lessons.length}: ${title}`);
    const { node } = await learner.query(LESSON, { id });
    pages += node.content.pages.length;
    for (const page of node.content.pages) {
      for (const block of page.blocks) {
        blocks += 1;
        assetsOf(block, `${title} / ${page.title}`).forEach((asset) => assets.add(asset));
      }
    }
  }
  return { pages, blocks, assets: [...assets] };
}

function assetsOf(block, place) {
  switch (block.__typename) {
    case "HtmlBlock": {
      holds(`text in ${place}`, block.html.trim() !== "", block.html);
      const named = [...block.source.matchAll(PLACEHOLDER)].map((match) => match[1]);
      same(`media without an address in ${place}`, [...block.html.matchAll(PLACEHOLDER)].map((match) => match[1]), []);
      return named;
    }
    case "VideoBlock":
      holds(`a place to play the video in ${place} from`, block.youtubeId || block.url || block.asset, block);
      return [block.asset, ...(block.transcripts ?? []).map(({ asset }) => asset)].filter(Boolean).map(({ uuid }) => uuid);
    case "MediaBlock":
      holds(`the file in ${place}`, block.asset, block);
      return [block.asset.uuid];
    default:
      return [];
  }
}

/** Every file answers to a range; the smallest are fetched whole and compared with what the platform says of them. */
export async function readMedia(content, ids) {
  const downloads = [];
  for (let from = 0; from < ids.length; from += 200) {
    const answer = await content.batchGetDownloads({ assetIds: ids.slice(from, from + 200) });
    same("media that cannot be had", answer.missingIds, []);
    downloads.push(...answer.downloads);
  }
  downloads.sort((one, other) => Number(one.asset.sizeBytes - other.asset.sizeBytes));
  for (const [index, { asset, url }] of downloads.entries()) {
    tell(`file ${index + 1} of ${downloads.length}: ${asset.fileName}`);
    const last = Math.min(Number(asset.sizeBytes), 64) - 1;
    const part = await bytesOf(url, 206, { range: `bytes=0-${last}` });
    same(`bytes of a range of ${asset.fileName}`, part.length, last + 1);
    if (index < WHOLE_FILES) {
      const whole = await bytesOf(url, 200);
      same(`SHA-256 of ${asset.fileName}`, sha256(whole), asset.sha256);
      same(`the range of ${asset.fileName} is its beginning`, part.equals(whole.subarray(0, last + 1)), true);
    }
  }
  return { files: downloads.length, whole: Math.min(downloads.length, WHOLE_FILES) };
}

async function bytesOf(url, status, headers = {}) {
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(60_000) });
  const bytes = Buffer.from(await answer.arrayBuffer());
  same(`status of GET ${new URL(url).pathname}`, answer.status, status);
  return bytes;
}
