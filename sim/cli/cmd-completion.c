/* cmd-completion.c - scripts with which shells complete lines. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The scripts only ask "shortfall complete" (cmd-complete.c) and look at files;
 * what there is to know stands in the commands.
 */
#include <stdio.h>
#include <string.h>

#include "sim/cli/commands.h"
#include "sim/lang/lang.h"

/* To bash "--lang=fr" is three words, so the line is split again here. */
static const char bash[]
    = "# bash completion of shortfall; made by: shortfall completion bash\n"
      "_shortfall () {\n"
      "  local line=${COMP_LINE:0:COMP_POINT} cut= current word about\n"
      "  local -a words=()\n"
      "  read -ra words <<<\"$line\"\n"
      "  [[ $line == *[[:space:]] ]] && words+=('')\n"
      "  current=${words[${#words[@]}-1]}\n"
      "  [[ $current == --*=* && $COMP_WORDBREAKS == *=* ]] &&\n"
      "    cut=${current%%=*}=\n"
      "  COMPREPLY=()\n"
      "  local value=$current\n"
      "  [[ $current == --*=* ]] && value=${current#*=}\n"
      "  local front=${current%\"$value\"}\n"
      "  while IFS=$'\\t' read -r word about; do\n"
      "    case $word in\n"
      "    :json | :files | :folders)\n"
      "      compopt -o filenames 2>/dev/null\n"
      "      while IFS= read -r about; do\n"
      "        COMPREPLY+=(\"${front#\"$cut\"}$about\")\n"
      "      done < <(\n"
      "        compgen -d -- \"$value\"\n"
      "        [[ $word == :json ]] && compgen -f -X '!*.json' -- \"$value\"\n"
      "        [[ $word == :files ]] && compgen -f -- \"$value\")\n"
      "      ;;\n"
      "    *) COMPREPLY+=(\"${word#\"$cut\"}\") ;;\n"
      "    esac\n"
      "  done < <(\"${COMP_WORDS[0]/#\\~/$HOME}\" complete -- "
      "\"${words[@]:1}\" 2>/dev/null)\n"
      "}\n"
      "complete -F _shortfall shortfall\n";

static const char zsh[]
    = "#compdef shortfall\n"
      "# zsh completion of shortfall; made by: shortfall completion zsh\n"
      "_shortfall () {\n"
      "  local line word\n"
      "  local -a found kinds\n"
      "  for line in \"${(@f)$(\"${(Q)words[1]}\" complete -- "
      "\"${(@Q)words[2,CURRENT]}\" 2>/dev/null)}\"; do\n"
      "    word=${line%%$'\\t'*}\n"
      "    case $word in\n"
      "    '') ;;\n"
      "    :*) kinds+=($word) ;;\n"
      "    *) found+=(\"${word//:/\\\\:}:${line#*$'\\t'}\") ;;\n"
      "    esac\n"
      "  done\n"
      "  (( $#found )) && _describe shortfall found\n"
      "  (( $#kinds )) && [[ $PREFIX == --*=* ]] && compset -P '*='\n"
      "  for word in $kinds; do\n"
      "    case $word in\n"
      "    :json) _files -g '*.json' ;;\n"
      "    :files) _files ;;\n"
      "    :folders) _files -/ ;;\n"
      "    esac\n"
      "  done\n"
      "}\n"
      "if [[ $funcstack[1] == _shortfall ]]; then\n"
      "  _shortfall \"$@\"\n"
      "else\n"
      "  compdef _shortfall shortfall\n"
      "fi\n";

static const char fish[]
    = "# fish completion of shortfall; made by: shortfall completion fish\n"
      "function __shortfall_complete\n"
      "    set -l words (commandline -opc)\n"
      "    set -l current (commandline -ct)\n"
      "    set -l value (string replace -r -- '^--[^=]*=' '' \"$current\")\n"
      "    set -l front (string replace -r -- '^(--[^=]*=)?.*$' '$1' "
      "\"$current\")\n"
      "    for line in ($words[1] complete -- $words[2..-1] \"$current\" "
      "2>/dev/null)\n"
      "        switch $line\n"
      "            case ':json'\n"
      "                for file in $value*/ $value*.json\n"
      "                    echo $front$file\n"
      "                end\n"
      "            case ':files'\n"
      "                for file in $value*\n"
      "                    echo $front$file\n"
      "                end\n"
      "            case ':folders'\n"
      "                for file in $value*/\n"
      "                    echo $front$file\n"
      "                end\n"
      "            case '*'\n"
      "                echo $line\n"
      "        end\n"
      "    end\n"
      "end\n"
      "complete -c shortfall -f -a '(__shortfall_complete)'\n";

static SfExit
run (SfInvocation *invocation)
{
  static const struct {
    const char *name, *script;
  } shells[] = { { "bash", bash }, { "zsh", zsh }, { "fish", fish } };
  const GOptionEntry entries[] = { { NULL } };
  SfExit status;
  if (!sf_cmd_parse (
          invocation, entries, "eval \"$(shortfall completion bash)\"",
          "bash|zsh|fish",
          N_ ("Prints a script with which a shell completes commands, options, "
              "their values and files. An installed shortfall brings the "
              "scripts along; otherwise write this line into ~/.bashrc, or for "
              "fish:\n\n"
              "  shortfall completion fish "
              ">~/.config/fish/completions/shortfall.fish"),
          &status))
    return status;
  for (gsize i = 0; invocation->argc == 2 && i < G_N_ELEMENTS (shells); i++)
    if (strcmp (shells[i].name, invocation->argv[1]) == 0) {
      fputs (shells[i].script, stdout);
      return SF_EXIT_DONE;
    }
  return sf_cmd_usage (invocation, _ ("for which shell? bash, zsh or fish"));
}

const SfCommand sf_cmd_completion
    = { "completion", N_ ("print a script with which a shell completes lines"),
        run, NULL, NULL };
