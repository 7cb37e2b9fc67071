// What is said of a clip that cannot be played. It knows how a saved clip's file is named.

/**
 * @param {HTMLVideoElement} video
 * @returns {string} what is missing, and how to get it; nothing of it costs credits
 */
export function missingWords({ src }) {
  const id = /^[^:]+:\/.*\/([^/]+)\.mp4/.exec(src)?.[1];
  return `This clip cannot be played: ${id ? `${id}.mp4 is missing or` : "it is"} damaged.${
    id ? ` Put it back beside the notebook, or %hailuo resume ${id} fetches it again, free.` : ""
  }`;
}
