import { useEffect, useState } from "react";

export function Weather({ url }: { url: string }) {
  const [text, setText] = useState("");
  useEffect(() => {
    void fetch(url)
      .then((response) => response.text())
      .then(setText);
  }, [url]);
  return <p>{text}</p>;
}
