import { plural, sentences, stay } from "./words";

const fewDigits = (count: number): string => count.toLocaleString("en", { maximumFractionDigits: 2 });
const whole = (count: number): string => Math.round(count).toLocaleString("en");

const between = (from: string, to: string): string => (from === to ? from : `${from} to ${to}`);

export const opinionTexts = {
  title: "People per image",
  how: "How many people look at an image",
  words: "Where several people label the same images, you see how far they agree, and mistakes of one are outvoted. It costs more labels.",
  ways: {
    one: { name: "One", words: "The least work. What one person says is the label." },
    each: { name: "Several, at each image", words: "What more than half of them say is the label." },
    share: {
      name: "Several, at a share of the images",
      words: "Shows how far people agree, at a small cost. All other images get one person.",
    },
    unsure: {
      name: "A second person where the first may be wrong",
      words: "Another opinion is asked for where the label is not likely enough to be right, judged by how often these people and the model were right.",
    },
    other: { name: "As a script has set it", words: "" },
  },
  people: "People",
  share: "Share of the images",
  sure: "Ask a second person below",
  ofHundred: "%",
  likelyRight: "% likely right",
  shareWrong: "Enter a number from 0.1 to 100.",
  sureWrong: "Enter a number from 50 to 99.9.",
  wrong: "Enter the missing numbers.",
  most: "While they disagree, up to",
  mostHint: "Images on which they still disagree are disputed: a reviewer decides.",
  fromNowOn: "You can change this at any time. It holds from then on, and nothing that is decided is asked again.",
  save: "Save people per image",
  /** What it costs; of: so many images, 0 where there are none. */
  cost: ({ from, to, isGuess }: { from: number; to: number; isGuess: boolean }, of: { count: number; isLeft: boolean }): string =>
    sentences(
      `${isGuess || (from === to && from % 1 > 0) ? "About " : ""}${between(fewDigits(from), fewDigits(to))} ${to === 1 ? "label" : "labels"} an image${of.count === 0 ? "." : ":"}`,
      of.count > 0 &&
        `${between(whole(from * of.count), whole(to * of.count))} for ${plural(of.count, "image")}${of.isLeft ? " still to be labeled" : ""}.`,
      isGuess && "This assumes that two people disagree on one image in ten.",
    ),
  /** In a few words, as a summary. */
  said: {
    one: "One person looks at each image.",
    each: (people: number, most: number) => `${people} people look at each image${upTo(people, most)}.`,
    share: (people: number, most: number, share: string) =>
      `${people} people look at ${share}% of the images${upTo(people, most)}, one at all others.`,
    unsure: (most: number, sure: string) =>
      `One person looks at each image, and up to ${most} where the label is less than ${sure}% likely right.`,
    other: (people: number, most: number, share: string, sure: string) =>
      `${people} people look at ${share}% of the images, one at all others; up to ${most} while they disagree${sure && `, or the label is less than ${sure}% likely right`}.`,
  },
};

function upTo(people: number, most: number): string {
  return most > people ? `, up to ${most} while they disagree` : "";
}

/** What a reviewer is told of the opinions on an image. */
export const disputeTexts = {
  title: "Opinions",
  hint: "Names are shown once you have decided.",
  people: (count: number) => plural(count, "person", "people"),
  decided: "Decided",
  choose: "Choose",
  chooseOf: (labels: string) => `Choose ${labels}`,
  key: (place: number) => `Shift + ${place}`,
  chooseKeys: "Shift + 1 – 9",
  chooseHelp: "Choose one of the opinions on a disputed image, most frequent first; a label's key decides, too",
  chooseHelpOfSeveral: "Choose one of the opinions on a disputed image as a whole, most frequent first",
  decision: "Your decision",
  decide: "Decide",
  decideHelp: "Give a disputed image the labels that are turned on; enlarge any other image",
  countOf: (count: number, all: number) => `${count.toLocaleString("en")} of ${all.toLocaleString("en")}`,
  marked: (labels: string) => `Turned on: ${labels}`,
  oneByOne: (count: number) =>
    `${plural(count, "disputed image")} ${stay(count)}: decide ${count === 1 ? "it by itself" : "them one by one"}.`,
  skipped: (count: number, stale: number, left: number) =>
    sentences(
      count > 0 && `${plural(count, "image is", "images are")} skipped now.`,
      stale > 0 && `${plural(stale, "image")} had been labeled again meanwhile and ${stay(stale)}.`,
      left > 0 && `${plural(left, "image")} cannot be skipped, because ${left === 1 ? "it has" : "they have"} no preview.`,
    ),
  ask: "Ask for one more opinion",
  asked: (count: number, stale: number, left: number) =>
    sentences(
      count > 0 && `${plural(count, "image waits", "images wait")} for one more opinion.`,
      stale > 0 &&
        `${plural(stale, "image")} had been changed meanwhile, or cannot get more opinions, and ${stay(stale)}.`,
      left > 0 && `${plural(left, "image")} ${left === 1 ? "is" : "are"} not labeled and ${stay(left)}.`,
    ),
  notLoaded: "The opinions on this image are still loading.",
  words:
    "People disagree on these images. The least clear ones come first. " +
    "Choose an opinion, or press a label’s key: the next image follows at once.",
  wordsOfSeveral:
    "People disagree on these images. The least clear ones come first. " +
    "Choose an opinion, or turn labels on and off by their keys and press Enter.",
};

/** Asking about all images that a filter shows. */
export const askAllTexts = {
  ask: "Ask for one more opinion on all that this filter shows",
  title: "One more opinion on all images of this filter",
  button: "Ask",
  which: (count: number | null, most: number) =>
    count === 0
      ? "No image here is labeled, skipped or disputed."
      : count === null
        ? `One more person looks at each labeled, skipped or disputed image of this filter, up to ${most.toLocaleString("en")}.`
        : count > most
          ? `One more person looks at the first ${most.toLocaleString("en")} of ${plural(count, "image")} that are labeled, skipped or disputed.`
          : `One more person looks at ${plural(count, "image")} that ${count === 1 ? "is" : "are"} labeled, skipped or disputed.`,
  cost: (count: number, isMore: boolean) =>
    sentences(
      `This costs up to ${plural(count, "label")}, one an image.`,
      isMore && "Where people then disagree, more may be asked.",
    ),
  words:
    "Until then these images are unlabeled: what was said of them stays as an opinion. Images with nine opinions stay as they are. This cannot be undone in one step.",
  underway: "One more opinion is being asked for. This may take some minutes; you can go on meanwhile.",
  done: (count: number) => `Done: ${plural(count, "image of this project waits", "images of this project wait")} for another opinion.`,
  late: (count: number) =>
    `${plural(count, "image of this project waits", "images of this project wait")} for another opinion; more may follow.`,
  notHere: "More opinions are asked for on labeled, skipped and disputed images whose files have not changed.",
};
